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

ASSAY_COUNTS_COMPARATOR(total_variation_plugin, total_variation,
    ASSAY_ABOUT(
        .id = "org.assay.tv/1",
        .title = "total variation distance",
        .summary =
            "Half the sum of |p - q|: the share of records that would have to change bin. Easy to picture; "
            "biased upwards on small samples with many bins."),
    .accepts = ASSAY_ACCEPTS_ORDERED | ASSAY_ACCEPTS_CATEGORIES,
    .preferred_bins = 20,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = 1,
    .unit = "share of records",
    .standard_threshold = 0.1,
    .source = "Levin, Peres and Wilmer 2009, Markov Chains and Mixing Times, section 4.1");

ASSAY_COUNTS_COMPARATOR(l_infinity_plugin, largest_gap,
    ASSAY_ABOUT(
        .id = "org.assay.l-infinity/1",
        .title = "L-infinity distance",
        .summary =
            "The largest change of a single share. The customary threshold of 0.01 alarms 70 to 100 % of the "
            "time at n = 50 without drift."),
    .accepts = ASSAY_ACCEPTS_ORDERED | ASSAY_ACCEPTS_CATEGORIES,
    .preferred_bins = 20,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = 1,
    .unit = "share of records",
    .standard_threshold = 0.01,
    .source = "TensorFlow Data Validation, anomalies: infinity_norm");

ASSAY_PLUGINS(&total_variation_plugin, &l_infinity_plugin);
