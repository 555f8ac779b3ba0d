// A comparator that declares counts and has no function for them.
#include <assay_plugin_author.h>

static const assay_comparator_t table = {
    .struct_size = sizeof(assay_comparator_t),
    .input = ASSAY_INPUT_COUNTS,
    .accepts = ASSAY_ACCEPTS_ORDERED,
    .maximum = 1,
};

static const assay_plugin_t plugin = {
    .struct_size = sizeof(assay_plugin_t),
    .abi_major = ASSAY_ABI_MAJOR,
    .abi_minor = ASSAY_ABI_MINOR,
    .id = "com.example.null/1",
    .kind = ASSAY_KIND_COMPARATOR,
    .comparator = &table,
};

ASSAY_PLUGINS(&plugin);
