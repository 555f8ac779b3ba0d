/* The plain versions: what each kernel means, written to be read. */

#include "assay_kernels.h"

#include <stdbool.h>

static int absolute(int value) { return value < 0 ? -value : value; }

void assay_split_rgbx_plain(
  const uint8_t *rgbx, size_t n, uint8_t *r, uint8_t *g, uint8_t *b, uint8_t *y)
{
  for (size_t i = 0; i < n; i++) {
    r[i] = rgbx[4 * i];
    g[i] = rgbx[4 * i + 1];
    b[i] = rgbx[4 * i + 2];
    y[i] = (uint8_t)((19595u * r[i] + 38470u * g[i] + 7471u * b[i] + 32768u) >> 16);
  }
}

void assay_add_color_plain(
  const uint8_t *r, const uint8_t *g, const uint8_t *b, size_t n, assay_color_sums_t *sums)
{
  for (size_t i = 0; i < n; i++) {
    int red_green = r[i] - g[i];
    int yellow_blue = r[i] + g[i] - 2 * b[i];
    uint8_t high = r[i] > g[i] ? r[i] : g[i];
    uint8_t low = r[i] < g[i] ? r[i] : g[i];
    high = b[i] > high ? b[i] : high;
    low = b[i] < low ? b[i] : low;
    uint32_t chroma = (uint32_t)(high - low);
    sums->red_green_squares += (uint64_t)(red_green * red_green);
    sums->yellow_blue_squares += (uint64_t)(yellow_blue * yellow_blue);
    sums->chroma += chroma;
    sums->chroma_above_8 += chroma > 8;
    sums->chroma_above_0 += chroma > 0;
    sums->low_pixels += low == 0;
    sums->high_pixels += high == 255;
    if (chroma > sums->max_chroma) sums->max_chroma = chroma;
  }
}

void assay_add_interior_plain(
  const uint8_t *up, const uint8_t *mid, const uint8_t *down, size_t n, assay_neighbour_sums_t *sums)
{
  if (n < 3) return;
  for (size_t x = 1; x + 1 < n; x++) {
    int laplacian = up[x] + down[x] + mid[x - 1] + mid[x + 1] - 4 * mid[x];
    int noise = up[x - 1] - 2 * up[x] + up[x + 1] - 2 * (mid[x - 1] - 2 * mid[x] + mid[x + 1])
      + down[x - 1] - 2 * down[x] + down[x + 1];
    sums->laplacian += laplacian;
    sums->laplacian_squares += (uint64_t)(laplacian * laplacian);
    sums->immerkaer += (uint64_t)absolute(noise);
  }
  sums->interior += n - 2;
}

void assay_add_steps_plain(const uint8_t *row, size_t n, assay_neighbour_sums_t *sums)
{
  for (size_t x = 0; x + 1 < n; x++) {
    uint64_t step = (uint64_t)absolute(row[x + 1] - row[x]);
    if (x % 8 == 7) {
      sums->steps_on += step;
      sums->steps_on_count++;
    } else {
      sums->steps_off += step;
      sums->steps_off_count++;
    }
  }
}

uint64_t assay_sum_distance_plain(const uint8_t *a, const uint8_t *b, size_t n)
{
  uint64_t sum = 0;
  for (size_t i = 0; i < n; i++) sum += (uint64_t)absolute(a[i] - b[i]);
  return sum;
}

uint64_t assay_sum_row_plain(const uint8_t *row, size_t n)
{
  uint64_t sum = 0;
  for (size_t i = 0; i < n; i++) sum += row[i];
  return sum;
}

void assay_add_columns_plain(uint16_t *columns, const uint8_t *row, size_t n)
{
  for (size_t i = 0; i < n; i++) columns[i] = (uint16_t)(columns[i] + row[i]);
}

void assay_add_weighted_plain(uint32_t *band, const uint16_t *columns, uint32_t weight, size_t n)
{
  for (size_t i = 0; i < n; i++) band[i] += weight * columns[i];
}

void assay_add_blocks_plain(uint32_t *blocks, const uint16_t *columns, size_t count, size_t k)
{
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < k; j++) blocks[i] += columns[i * k + j];
  }
}

void assay_block_means_plain(uint8_t *out, const uint32_t *sums, uint32_t area, size_t count)
{
  for (size_t i = 0; i < count; i++) out[i] = (uint8_t)((2ull * sums[i] + area) / (2ull * area));
}

/* PNG specification, 3rd edition, section 9.4. */
static int paeth(int left, int up, int corner)
{
  int estimate = left + up - corner;
  int to_left = absolute(estimate - left), to_up = absolute(estimate - up);
  int to_corner = absolute(estimate - corner);
  if (to_left <= to_up && to_left <= to_corner) return left;
  return to_up <= to_corner ? up : corner;
}

static uint8_t unfiltered(uint8_t filter, int value, int left, int up, int corner)
{
  int predicted[ASSAY_PNG_FILTERS] = {0, left, up, (left + up) / 2, paeth(left, up, corner)};
  return (uint8_t)(value + predicted[filter]);
}

void assay_unfilter_plain(uint8_t filter, uint8_t *row, const uint8_t *above, size_t count, size_t pixel)
{
  for (size_t i = 0; i < count; i++) {
    bool first = i < pixel;
    row[i] = unfiltered(
      filter, row[i], first ? 0 : row[i - pixel], above[i], first ? 0 : above[i - pixel]);
  }
}

void assay_unfilter_pixels_plain(
  uint8_t filter, const uint8_t *row, const uint8_t *above, uint8_t *out, size_t n, size_t size)
{
  for (size_t i = 0; i < 4 * n; i++) {
    bool first = i < 4;
    out[i] = i % 4 >= size ? 255
      : unfiltered(
          filter, row[i / 4 * size + i % 4], first ? 0 : out[i - 4], above[i], first ? 0 : above[i - 4]);
  }
}
