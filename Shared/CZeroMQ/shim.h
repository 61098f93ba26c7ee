#ifndef CZEROMQ_SHIM_H
#define CZEROMQ_SHIM_H

#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <zmq.h>

/* Swift does not import macros that compute: zmq.h builds these by addition. */
static const int32_t czmq_eterm = ETERM;
static const int32_t czmq_efsm = EFSM;

/* zmq.h calls this option a draft and hides it, yet 4.3.4 obeys it in every build. Without it a CURVE server
   lets anybody in for as long as no ZAP handler is bound. */
static const int32_t czmq_zap_enforce_domain = 93;

/* pthread_setname_np hides behind _GNU_SOURCE and prctl is variadic: Swift can import neither. */
static inline void czmq_name_thread(const char *name) { prctl(PR_SET_NAME, (unsigned long)name, 0UL, 0UL, 0UL); }

#endif
