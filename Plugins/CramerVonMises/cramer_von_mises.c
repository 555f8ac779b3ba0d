// Two-sample Cramer-von Mises statistic on common bins.
#include <assay_plugin_author.h>

// T = n m / (n + m)^2 * sum h (F - G)^2, h the pooled count of the bin.
static double criterion(const assay_counts_t *counts, const int64_t *current, double reference_total,
                        double current_total, const double *parameters) {
  (void)parameters;
  double sum = 0, pooled_total = reference_total + current_total;
  int64_t below_reference = 0, below_current = 0;
  for (size_t i = 0; i < counts->bins; i++) {
    below_reference += counts->reference[i];
    below_current += current[i];
    double gap =
        assay_share_difference((double)below_reference, reference_total, (double)below_current, current_total);
    sum += (double)(counts->reference[i] + current[i]) * gap * gap;
  }
  return reference_total * current_total / (pooled_total * pooled_total) * sum;
}

ASSAY_COUNTS_COMPARATOR(cramer_von_mises, criterion,
    ASSAY_ABOUT(
        .id = "org.assay.cvm/1",
        .title = "Cramer-von Mises criterion",
        .summary =
            "The mean squared gap between the two distribution functions, scaled so that its null distribution "
            "hardly depends on n. The best general power of the ordered comparators; its value means little by "
            "itself, so it is used with a calibrated p."),
    .accepts = ASSAY_ACCEPTS_ORDERED,
    .preferred_bins = 0,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = INFINITY,
    .unit = "",
    .standard_threshold = INFINITY,
    .source = "Anderson 1962, doi:10.1214/aoms/1177704477");

ASSAY_PLUGINS(&cramer_von_mises);
