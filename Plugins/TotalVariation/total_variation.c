// Distances between shares that people can picture: how many records moved, and the largest single move.
#include <assay_plugin_author.h>

static double share_gap(const assay_counts_t *counts, const int64_t *current, double reference_total,
                        double current_total, size_t i) {
  return fabs(assay_share_difference((double)counts->reference[i], reference_total, (double)current[i],
                                     current_total));
}

static double total_variation(const assay_counts_t *counts, const int64_t *current, double reference_total,
                              double current_total, const double *parameters) {
  (void)parameters;
  double sum = 0;
  for (size_t i = 0; i < counts->bins; i++) sum += share_gap(counts, current, reference_total, current_total, i);
  return sum / 2;
}

static double largest_gap(const assay_counts_t *counts, const int64_t *current, double reference_total,
                          double current_total, const double *parameters) {
  (void)parameters;
  double largest = 0;
  for (size_t i = 0; i < counts->bins; i++)
    largest = fmax(largest, share_gap(counts, current, reference_total, current_total, i));
  return largest;
}

static assay_status_t total_variation_plugin_compare(const assay_counts_t *counts, const double *parameters, double *statistics,
                                                    assay_message_t *message) {
  return assay_for_each_row(counts, parameters, statistics, message, total_variation);
}

static const assay_comparator_t total_variation_plugin_comparator = {
    .struct_size = sizeof(assay_comparator_t),
    .input = ASSAY_INPUT_COUNTS,
    .accepts = ASSAY_ACCEPTS_ORDERED | ASSAY_ACCEPTS_CATEGORIES,
    .preferred_bins = 20,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = 1,
    .unit = "share of records",
    .standard_threshold = 0.1,
    .source = "Levin, Peres and Wilmer 2009, Markov Chains and Mixing Times, section 4.1",
    .compare_counts = total_variation_plugin_compare,
};

static const assay_plugin_t total_variation_plugin = {
    .struct_size = sizeof(assay_plugin_t),
    .abi_major = ASSAY_ABI_MAJOR,
    .abi_minor = ASSAY_ABI_MINOR,
    .id = "org.assay.tv/1",
    .kind = ASSAY_KIND_COMPARATOR,
    .title = "total variation distance",
    .summary =
        "Half the sum of |p - q|: the share of records that would have to change bin. Easy to picture; "
        "biased upwards on small samples with many bins.",
    .comparator = &total_variation_plugin_comparator,
};

static assay_status_t l_infinity_plugin_compare(const assay_counts_t *counts, const double *parameters, double *statistics,
                                               assay_message_t *message) {
  return assay_for_each_row(counts, parameters, statistics, message, largest_gap);
}

static const assay_comparator_t l_infinity_plugin_comparator = {
    .struct_size = sizeof(assay_comparator_t),
    .input = ASSAY_INPUT_COUNTS,
    .accepts = ASSAY_ACCEPTS_ORDERED | ASSAY_ACCEPTS_CATEGORIES,
    .preferred_bins = 20,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = 1,
    .unit = "share of records",
    .standard_threshold = 0.01,
    .source = "TensorFlow Data Validation, anomalies: infinity_norm",
    .compare_counts = l_infinity_plugin_compare,
};

static const assay_plugin_t l_infinity_plugin = {
    .struct_size = sizeof(assay_plugin_t),
    .abi_major = ASSAY_ABI_MAJOR,
    .abi_minor = ASSAY_ABI_MINOR,
    .id = "org.assay.l-infinity/1",
    .kind = ASSAY_KIND_COMPARATOR,
    .title = "L-infinity distance",
    .summary =
        "The largest change of a single share. The customary threshold of 0.01 alarms 70 to 100 % of the "
        "time at n = 50 without drift.",
    .comparator = &l_infinity_plugin_comparator,
};

ASSAY_PLUGINS(&total_variation_plugin, &l_infinity_plugin);
