#ifndef XASO_CSODIUM_SHIM_H
#define XASO_CSODIUM_SHIM_H
#include <sodium.h>
#endif
