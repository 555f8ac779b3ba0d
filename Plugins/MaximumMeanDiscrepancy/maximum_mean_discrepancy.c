// Maximum mean discrepancy with a Gaussian kernel: a distance between two clouds of vectors.
#include <stdlib.h>

#include <assay_plugin_author.h>

// Rows of both sides, the reference's first.
static const double *row_of(const assay_samples_t *samples, size_t row) {
  return row < samples->reference_rows ? samples->reference + row * samples->dimensions
                                       : samples->current + (row - samples->reference_rows) * samples->dimensions;
}

static double squared_distance(const double *a, const double *b, size_t dimensions) {
  double sum = 0;
  for (size_t i = 0; i < dimensions; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

static int ascending(const void *left, const void *right) {
  float a = *(const float *)left, b = *(const float *)right;
  return (a > b) - (a < b);
}

// The median of the squared distances of evenly spread pairs: it depends on the pooled rows alone, so exchanging labels
// does not change the kernel.
static double median_distance(const float *distances, size_t rows) {
  enum { most = 4096 };
  float picked[most];
  size_t pairs = rows * rows, step = pairs / most + 1, count = 0;
  if (step % rows == 0) step++;
  for (size_t pair = 0; pair < pairs && count < most; pair += step)
    if (pair / rows != pair % rows) picked[count++] = distances[pair];
  if (count == 0) return 0;
  qsort(picked, count, sizeof picked[0], ascending);
  return picked[count / 2];
}

// Turns squared distances into exp(-distance / median) in place and adds each row up.
static void make_kernel(float *kernel, double *row_sums, size_t rows, double median) {
  double scale = median > 0 ? -1 / median : -1;
  for (size_t i = 0; i < rows; i++) {
    double sum = 0;
    for (size_t j = 0; j < rows; j++) {
      float *cell = &kernel[i * rows + j];
      *cell = (float)exp(scale * *cell);
      sum += *cell;
    }
    row_sums[i] = sum;
  }
}

// MMD^2 without the diagonal (unbiased): mean kernel within each side less twice that between them. Only the current
// side's square is summed; the rest follows from the row sums.
static double discrepancy(const float *kernel, const double *row_sums, double total, const uint8_t *labels,
                          size_t *chosen, size_t rows) {
  size_t m = 0;
  double current_rows = 0, within = 0;
  for (size_t i = 0; i < rows; i++)
    if (labels[i]) {
      chosen[m++] = i;
      current_rows += row_sums[i];
    }
  for (size_t a = 0; a < m; a++) {
    const float *row = kernel + chosen[a] * rows;
    for (size_t b = 0; b < m; b++) within += row[chosen[b]];
  }
  size_t n = rows - m;
  double between = current_rows - within, reference = total - current_rows - between;
  return (within - (double)m) / ((double)m * (double)(m - 1)) + (reference - (double)n) / ((double)n * (double)(n - 1)) -
         2 * between / ((double)n * (double)m);
}

static assay_status_t compare(const assay_samples_t *samples, const double *parameters, double *statistics,
                              assay_message_t *message) {
  (void)parameters;
  size_t rows = samples->reference_rows + samples->current_rows;
  if (samples->reference_rows < 2 || samples->current_rows < 2)
    return assay_say(message, "a side has fewer than two rows", ASSAY_STATUS_NOT_APPLICABLE);
  float *kernel = malloc(rows * rows * sizeof *kernel);
  double *row_sums = malloc(rows * sizeof *row_sums);
  size_t *chosen = malloc(rows * sizeof *chosen);
  assay_status_t status = ASSAY_STATUS_OK;
  if (!kernel || !row_sums || !chosen) {
    status = assay_say(message, "no memory for the kernel", ASSAY_STATUS_FAILED);
  } else {
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j <= i; j++)
        kernel[i * rows + j] = kernel[j * rows + i] =
            (float)squared_distance(row_of(samples, i), row_of(samples, j), samples->dimensions);
    make_kernel(kernel, row_sums, rows, median_distance(kernel, rows));
    double total = 0;
    for (size_t i = 0; i < rows; i++) total += row_sums[i];
    for (size_t labeling = 0; labeling < samples->labelings; labeling++)
      statistics[labeling] = discrepancy(kernel, row_sums, total, samples->labels + labeling * rows, chosen, rows);
  }
  free(kernel);
  free(row_sums);
  free(chosen);
  return status;
}

ASSAY_COMPARATOR(maximum_mean_discrepancy,
    ASSAY_ABOUT(
        .id = "org.assay.mmd/1",
        .title = "maximum mean discrepancy",
        .summary =
            "The squared distance between the mean embeddings of two sets of vectors under a Gaussian kernel, unbiased, "
            "so that it may fall below zero. It sees differences that no single column shows; on thumbnails it sees less "
            "than the built-in columns do, since 8 x 8 averages leave noise, blur and blocks out. Its cost is the square "
            "of the rows."),
    .input = ASSAY_INPUT_SAMPLES,
    .accepts = ASSAY_ACCEPTS_VECTORS,
    .preferred_bins = 0,
    .direction = ASSAY_DIRECTION_LARGER_IS_DRIFT,
    .minimum = -2,
    .maximum = 2,
    .unit = "",
    .standard_threshold = 0.05,
    .source = "Gretton et al. 2012, jmlr.org/papers/v13/gretton12a.html, lemma 6; bandwidth by the median distance",
    .compare_samples = compare);

ASSAY_PLUGINS(&maximum_mean_discrepancy);
