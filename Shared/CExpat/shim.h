#ifndef XASO_CEXPAT_SHIM_H
#define XASO_CEXPAT_SHIM_H
#include <expat.h>
#endif
