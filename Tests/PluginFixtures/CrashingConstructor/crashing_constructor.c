// A library that crashes as soon as it is mapped.
#include <assay_plugin_author.h>

__attribute__((constructor)) static void crash(void) { *(volatile int *)8 = 1; }

ASSAY_PLUGINS(NULL);
