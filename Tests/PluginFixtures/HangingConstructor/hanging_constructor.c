// A library that never gets beyond its constructor.
#include <assay_plugin_author.h>

__attribute__((constructor)) static void hang(void) {
  for (volatile int turn = 0;; turn = !turn) continue;
}

ASSAY_PLUGINS(NULL);
