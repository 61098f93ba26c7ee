#ifndef XASO_CZIP_SHIM_H
#define XASO_CZIP_SHIM_H
#include <zip.h>
#endif
