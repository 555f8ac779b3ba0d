// A library that is no plugin.
__attribute__((visibility("default"))) int assay_nothing(void);
int assay_nothing(void) { return 0; }
