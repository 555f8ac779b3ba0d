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

ASSAY_COUNTS_COMPARATOR(kolmogorov_smirnov, largest_gap,
    ASSAY_ABOUT(
        .id = "org.assay.ks/1",
        .title = "Kolmogorov-Smirnov statistic",
        .summary =
            "The largest gap between the two distribution functions. Calibrated it finds any difference once n "
            "is large (D = 0.01 has p = 7e-44 at a million records), so an effect floor belongs beside it; ties "
            "make its asymptotic p conservative."),
    .accepts = ASSAY_ACCEPTS_ORDERED,
    .preferred_bins = 0,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = 1,
    .unit = "share of records",
    .standard_threshold = 0.1,
    .source = "Smirnov 1939; Stephens 1970, doi:10.1111/j.2517-6161.1970.tb00821.x",
    .null_law = ASSAY_NULL_LAW_KOLMOGOROV);

ASSAY_PLUGINS(&kolmogorov_smirnov);
