// First Wasserstein distance between two ordered features: how far the mass has to travel.
#include <assay_plugin_author.h>
#include <float.h>

// What values are multiplied by before one is taken from another: two of opposite signs near the largest number are further
// apart than a number can say. A power of two, and 1 wherever all is well, so it changes no digit.
static double scale(const assay_counts_t *counts) {
  double largest = fmax(fabs(counts->centers[0]), fabs(counts->centers[counts->bins - 1]));
  return largest > DBL_MAX / 4 ? 0.25 : 1;
}

// W1 = integral |F - G|, times `scale`: between neighbouring representative values the two distribution functions are
// constant.
static double scaled_distance(const assay_counts_t *counts, const int64_t *current, double reference_total,
                              double current_total, const double *parameters) {
  (void)parameters;
  double unit = scale(counts), sum = 0;
  int64_t below_reference = 0, below_current = 0;
  for (size_t i = 0; i + 1 < counts->bins; i++) {
    below_reference += counts->reference[i];
    below_current += current[i];
    double gap =
        fabs(assay_share_difference((double)below_reference, reference_total, (double)below_current, current_total));
    sum += gap * (counts->centers[i + 1] * unit - counts->centers[i] * unit);
  }
  return sum;
}

// A distance beyond the largest number is said as that.
static double distance(const assay_counts_t *counts, const int64_t *current, double reference_total,
                       double current_total, const double *parameters) {
  return fmin(scaled_distance(counts, current, reference_total, current_total, parameters) / scale(counts), DBL_MAX);
}

ASSAY_COUNTS_COMPARATOR(wasserstein, distance,
    ASSAY_ABOUT(
        .id = "org.assay.wasserstein/1",
        .title = "first Wasserstein distance",
        .summary =
            "The integral of |F - G|, in the unit of the feature: the mean distance by which values moved. "
            "There is no threshold that suits every feature; state one, or use the calibrated p. Sensitive to a "
            "single far outlier on heavy tails."),
    .accepts = ASSAY_ACCEPTS_ORDERED,
    .preferred_bins = 0,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = INFINITY,
    .unit = "the unit of the feature",
    .standard_threshold = INFINITY,
    .source = "Vaserstein 1969; Ramdas, Garcia and Cuturi 2017, doi:10.3390/e19020047");

// The value below or at which a fraction of the reference lies.
static double quantile(const assay_counts_t *counts, const int64_t *reference, double total, double fraction) {
  int64_t below = 0;
  for (size_t i = 0; i < counts->bins; i++) {
    below += reference[i];
    if ((double)below >= fraction * total) return counts->centers[i];
  }
  return counts->centers[counts->bins - 1];
}

static assay_status_t wasserstein_iqr_compare(const assay_counts_t *counts, const double *parameters, double *statistics,
                                             assay_message_t *message) {
  assay_status_t status = assay_for_each_row(counts, parameters, statistics, message, scaled_distance);
  if (status != ASSAY_STATUS_OK) return status;
  double unit = scale(counts);
  for (size_t row = 0; row < counts->current_rows; row++) {
    const int64_t *reference = counts->reference + (counts->reference_rows == 1 ? 0 : row * counts->bins);
    double total = (double)assay_total(reference, counts->bins);
    double range = quantile(counts, reference, total, 0.75) * unit - quantile(counts, reference, total, 0.25) * unit;
    // A distance of nothing is nothing in any unit, also where the middle half of the reference is one value.
    if (statistics[row] == 0) continue;
    if (!(range > 0)) {
      return assay_say(message, "the middle half of the reference is one value", ASSAY_STATUS_NOT_APPLICABLE);
    }
    statistics[row] = fmin(statistics[row] / range, DBL_MAX);
  }
  return ASSAY_STATUS_OK;
}

ASSAY_COMPARATOR(wasserstein_iqr,
    ASSAY_ABOUT(
        .id = "org.assay.wasserstein-iqr/1",
        .title = "Wasserstein distance in interquartile ranges",
        .summary =
            "How far values moved, measured by the spread of the middle half of the reference: one number to "
            "compare features of different units by. An effect size: its false-alarm rate at a fixed threshold "
            "depends on n (over 0.1, dividing by the standard deviation, 97 % at n = 50 and 37 % at n = 200)."),
    .input = ASSAY_INPUT_COUNTS,
    .accepts = ASSAY_ACCEPTS_ORDERED,
    .preferred_bins = 0,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = 0,
    .maximum = INFINITY,
    .unit = "interquartile ranges",
    .standard_threshold = 0.1,
    .source = "W1 over the reference's interquartile range (nearest rank); evidently divides by the standard deviation",
    .compare_counts = wasserstein_iqr_compare);

ASSAY_PLUGINS(&wasserstein, &wasserstein_iqr);
