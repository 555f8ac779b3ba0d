// Two-sample Kolmogorov-Smirnov statistic on common bins.
#include <assay_plugin_author.h>

// D = max |F - G| over the bins' upper edges.
static double largest_gap(const assay_counts_t *counts, const int64_t *current, double reference_total,
                          double current_total, const double *parameters) {
  (void)parameters;
  double largest = 0;
  int64_t below_reference = 0, below_current = 0;
  for (size_t i = 0; i < counts->bins; i++) {
    below_reference += counts->reference[i];
    below_current += current[i];
    double gap =
        fabs(assay_share_difference((double)below_reference, reference_total, (double)below_current, current_total));
    if (gap > largest) largest = gap;
  }
  return largest;
}

static assay_status_t kolmogorov_smirnov_compare(const assay_counts_t *counts, const double *parameters, double *statistics,
                                                assay_message_t *message) {
  return assay_for_each_row(counts, parameters, statistics, message, largest_gap);
}

static const assay_comparator_t kolmogorov_smirnov_comparator = {
    .struct_size = sizeof(assay_comparator_t),
    .input = ASSAY_INPUT_COUNTS,
    .accepts = ASSAY_ACCEPTS_ORDERED,
    .preferred_bins = 0,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = 1,
    .unit = "share of records",
    .standard_threshold = 0.1,
    .source = "Smirnov 1939; Stephens 1970, doi:10.1111/j.2517-6161.1970.tb00821.x",
    .null_law = ASSAY_NULL_LAW_KOLMOGOROV,
    .compare_counts = kolmogorov_smirnov_compare,
};

static const assay_plugin_t kolmogorov_smirnov = {
    .struct_size = sizeof(assay_plugin_t),
    .abi_major = ASSAY_ABI_MAJOR,
    .abi_minor = ASSAY_ABI_MINOR,
    .id = "org.assay.ks/1",
    .kind = ASSAY_KIND_COMPARATOR,
    .title = "Kolmogorov-Smirnov statistic",
    .summary =
        "The largest gap between the two distribution functions. Calibrated it finds any difference once n "
        "is large (D = 0.01 has p = 7e-44 at a million records), so an effect floor belongs beside it; ties "
        "make its asymptotic p conservative.",
    .comparator = &kolmogorov_smirnov_comparator,
};

ASSAY_PLUGINS(&kolmogorov_smirnov);
