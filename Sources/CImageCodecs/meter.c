/* The meter: feeds the kernels row by row and keeps the area averages of several grids with one vertical add a
 * sample.
 *
 * Rows are summed into 16-bit columns over a *segment*. A segment ends where a row block of the reduction ends,
 * where one of the 32 bands of the grids ends, and after 256 rows. A row that straddles bands is a segment of
 * its own whose weight is split between them in units of 1/32 of a row. */

#include <stdlib.h>
#include <string.h>

#include "area_grids.h"
#include "assay_measurement.h"
#include "luma_ring.h"
#include "reduced_image.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "pixels are read as little-endian words");

enum { SEGMENT_ROWS = 256 };

/* Four counters a value, so that equal neighbours do not wait for each other. */
typedef uint32_t banks_t[4][CHANNELS][256];

struct assay_meter {
  assay_measurement_t result;
  area_grids_t grids;
  assay_row_kind_t kind;
  bool has_top;
  uint32_t row; /* rows added so far */
  luma_ring_t ring;
  reduced_image_t reduced;
  uint32_t segment_rows;
  uint8_t *planes[CHANNELS - 1];
  uint8_t *packed;                /* the opaque pixels of a row, 4 bytes each */
  uint8_t *packed_planes[CHANNELS];
  uint16_t *columns[CHANNELS];    /* sums of the segment */
  uint32_t *bands[CHANNELS];      /* sums of the band (luma) or of four bands (colours), in 1/32 of a row */
  uint8_t *arena;
  size_t arena_size;
  banks_t banks, top_banks;
};

assay_meter_t *assay_meter_create(void) { return calloc(1, sizeof(assay_meter_t)); }

void assay_meter_destroy(assay_meter_t *meter)
{
  if (meter == NULL) return;
  free(meter->arena);
  free(meter);
}

static size_t padded(uint32_t width) { return ((size_t)width + 63) / 64 * 64; }

/* Bytes a pixel of the arena: 3 planes, 3 ring rows, packed pixels and their planes, columns, bands. */
enum { ARENA_BYTES = 3 + 3 + 4 + 4 + 2 * CHANNELS + 4 * CHANNELS };

size_t assay_meter_memory(uint32_t width) { return sizeof(assay_meter_t) + ARENA_BYTES * padded(width); }

static uint8_t *take(uint8_t **next, size_t size)
{
  uint8_t *here = *next;
  *next += size;
  return here;
}

static bool lay_out(assay_meter_t *meter, uint32_t width)
{
  size_t side = padded(width);
  size_t size = ARENA_BYTES * side;
  if (size > meter->arena_size) {
    free(meter->arena);
    meter->arena_size = 0;
    meter->arena = aligned_alloc(64, size);
    if (meter->arena == NULL) return false;
    meter->arena_size = size;
  }
  uint8_t *next = meter->arena;
  for (int c = 0; c < CHANNELS; c++) meter->bands[c] = (uint32_t *)take(&next, 4 * side);
  for (int c = 0; c < CHANNELS; c++) meter->columns[c] = (uint16_t *)take(&next, 2 * side);
  memset(meter->arena, 0, (size_t)(next - meter->arena));
  for (int c = 0; c < CHANNELS - 1; c++) meter->planes[c] = take(&next, side);
  for (int i = 0; i < 3; i++) meter->ring.rows[i] = take(&next, side);
  meter->packed = take(&next, 4 * side);
  for (int c = 0; c < CHANNELS; c++) meter->packed_planes[c] = take(&next, side);
  return true;
}

bool assay_meter_begin(assay_meter_t *meter, uint32_t width, uint32_t height, assay_row_kind_t kind, bool top)
{
  if (!lay_out(meter, width)) return false;
  memset(&meter->result, 0, sizeof meter->result);
  memset(&meter->grids, 0, sizeof meter->grids);
  memset(meter->banks, 0, sizeof meter->banks);
  if (top) memset(meter->top_banks, 0, sizeof meter->top_banks);
  meter->result.width = width;
  meter->result.height = height;
  meter->kind = kind;
  meter->has_top = top;
  meter->row = 0;
  meter->segment_rows = 0;
  meter->ring.width = width;
  meter->ring.count = 0;
  reduced_begin(&meter->reduced, width, height);
  return true;
}

/* Histograms and colour sums */

static void count_gray(banks_t banks, const uint8_t *row, size_t n)
{
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    for (int bank = 0; bank < 4; bank++) banks[bank][LUMA][row[i + bank]]++;
  }
  for (; i < n; i++) banks[0][LUMA][row[i]]++;
}

static void count_color(banks_t banks, const uint8_t *rgbx, const uint8_t *luma, size_t n)
{
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    for (size_t bank = 0; bank < 4; bank++) {
      uint32_t pixel;
      memcpy(&pixel, rgbx + 4 * (i + bank), 4);
      banks[bank][RED][pixel & 255]++;
      banks[bank][GREEN][pixel >> 8 & 255]++;
      banks[bank][BLUE][pixel >> 16 & 255]++;
      banks[bank][LUMA][luma[i + bank]]++;
    }
  }
  for (; i < n; i++) {
    for (int c = 0; c < 3; c++) banks[0][c][rgbx[4 * i + c]]++;
    banks[0][LUMA][luma[i]]++;
  }
}

/* Copies the pixels whose alpha is not 0 together; returns how many there are. */
static size_t pack_opaque(uint8_t *out, const uint8_t *rgba, size_t n)
{
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    memcpy(out + 4 * count, rgba + 4 * i, 4);
    count += rgba[4 * i + 3] != 0;
  }
  return count;
}

static bool has_transparent(const uint8_t *rgba, size_t n)
{
  uint32_t found = 0;
  for (size_t i = 0; i < n; i++) found |= rgba[4 * i + 3] == 0;
  return found != 0;
}

static size_t split_packed(assay_meter_t *meter, const uint8_t *rgba)
{
  uint8_t *const *planes = meter->packed_planes;
  size_t count = pack_opaque(meter->packed, rgba, meter->result.width);
  assay_split_rgbx(meter->packed, count, planes[RED], planes[GREEN], planes[BLUE], planes[LUMA]);
  return count;
}

static void count_pixels(assay_meter_t *meter, const uint8_t *row, const uint8_t *luma)
{
  assay_measurement_t *result = &meter->result;
  size_t width = result->width;
  if (meter->kind == ASSAY_ROWS_GRAY) {
    count_gray(meter->banks, row, width);
    result->pixels += width;
  } else if (meter->kind == ASSAY_ROWS_RGBA && has_transparent(row, width)) {
    uint8_t *const *planes = meter->packed_planes;
    size_t count = split_packed(meter, row);
    count_color(meter->banks, meter->packed, planes[LUMA], count);
    assay_add_color(planes[RED], planes[GREEN], planes[BLUE], count, &result->color);
    result->pixels += count;
    result->transparent += width - count;
  } else {
    count_color(meter->banks, row, luma, width);
    assay_add_color(meter->planes[RED], meter->planes[GREEN], meter->planes[BLUE], width, &result->color);
    result->pixels += width;
  }
}

void assay_meter_add_top(assay_meter_t *meter, const uint8_t *row)
{
  if (meter->kind == ASSAY_ROWS_GRAY) {
    count_gray(meter->top_banks, row, meter->result.width);
    return;
  }
  uint8_t *const *planes = meter->packed_planes;
  size_t count = meter->result.width;
  const uint8_t *pixels = row;
  if (meter->kind == ASSAY_ROWS_RGBA) {
    count = split_packed(meter, row);
    pixels = meter->packed;
  } else {
    assay_split_rgbx(row, count, planes[RED], planes[GREEN], planes[BLUE], planes[LUMA]);
  }
  count_color(meter->top_banks, pixels, planes[LUMA], count);
}

/* Layout */

static void add_layout(assay_measurement_t *result, const uint8_t *luma, uint32_t y)
{
  uint32_t width = result->width, height = result->height;
  uint64_t left = assay_sum_row(luma, width / 2);
  uint64_t right = assay_sum_row(luma + (width + 1) / 2, width / 2);
  uint64_t all = left + right + (width % 2 == 1 ? luma[width / 2] : 0);
  result->left += left;
  result->right += right;
  if (y < height / 2) result->top += all;
  if (y >= (height + 1) / 2) result->bottom += all;
  uint64_t center = 0;
  uint32_t from = width / 4, to = (uint32_t)(3ull * width / 4);
  if (y >= height / 4 && y < 3ull * height / 4) {
    center = assay_sum_row(luma + from, to - from);
    result->center_pixels += to - from;
  }
  result->center += center;
  result->edge += all - center;
}

/* Area averages */

static void end_band(assay_meter_t *meter, uint32_t band)
{
  uint32_t width = meter->result.width;
  area_grids_t *grids = &meter->grids;
  area_add_cells(grids->luma[band], meter->bands[LUMA], width, 32);
  area_add_cells(grids->wide[band / 4], meter->bands[LUMA], width, 9);
  memset(meter->bands[LUMA], 0, 4 * (size_t)width);
  if (meter->kind == ASSAY_ROWS_GRAY || band % 4 != 3) return;
  for (int c = 0; c < 3; c++) {
    area_add_cells(grids->color[c][band / 4], meter->bands[c], width, 8);
    memset(meter->bands[c], 0, 4 * (size_t)width);
  }
}

static int first_channel(const assay_meter_t *meter) { return meter->kind == ASSAY_ROWS_GRAY ? LUMA : RED; }

/* Ends the segment whose last row is `y`, and whose rows lie in the bands `first` to `last`. */
static void end_segment(assay_meter_t *meter, uint32_t y, uint32_t first, uint32_t last)
{
  uint64_t height = meter->result.height, width = meter->result.width;
  uint64_t start = (uint64_t)AREA_BANDS * y, end = start + AREA_BANDS;
  for (uint32_t band = first; band <= last; band++) {
    uint64_t band_start = band * height, band_end = band_start + height;
    uint64_t from = band_start > start ? band_start : start;
    uint64_t to = band_end < end ? band_end : end;
    for (int c = first_channel(meter); c < CHANNELS; c++) {
      assay_add_weighted(meter->bands[c], meter->columns[c], (uint32_t)(to - from), width);
    }
    if (band_end <= end) end_band(meter, band);
  }
  reduced_add_segment(&meter->reduced, meter->columns, meter->kind == ASSAY_ROWS_GRAY, y, &meter->result.reduced);
  for (int c = first_channel(meter); c < CHANNELS; c++) memset(meter->columns[c], 0, 2 * width);
  meter->segment_rows = 0;
}

static void add_areas(assay_meter_t *meter, const uint8_t *luma, uint32_t y)
{
  uint32_t width = meter->result.width;
  uint64_t height = meter->result.height;
  uint32_t first = (uint32_t)((uint64_t)AREA_BANDS * y / height);
  uint64_t end = (uint64_t)AREA_BANDS * y + AREA_BANDS;
  uint32_t last = (uint32_t)((end - 1) / height);
  /* Rows before one that straddles lie in its first band, and no row of theirs ended a block. */
  if (first != last && meter->segment_rows > 0) end_segment(meter, y - 1, first, first);
  for (int c = RED; c < LUMA && meter->kind != ASSAY_ROWS_GRAY; c++) {
    assay_add_columns(meter->columns[c], meter->planes[c], width);
  }
  assay_add_columns(meter->columns[LUMA], luma, width);
  meter->segment_rows++;
  bool block_ends = reduced_ends_block(&meter->reduced, y);
  if (first != last || end % height == 0 || block_ends || meter->segment_rows == SEGMENT_ROWS) {
    end_segment(meter, y, first, last);
  }
}

/* The rows */

void assay_meter_add(assay_meter_t *meter, const uint8_t *row)
{
  assay_measurement_t *result = &meter->result;
  uint32_t width = result->width, y = meter->row++;
  uint8_t *luma = luma_ring_next(&meter->ring);
  if (meter->kind == ASSAY_ROWS_GRAY) {
    memcpy(luma, row, width);
  } else {
    assay_split_rgbx(row, width, meter->planes[RED], meter->planes[GREEN], meter->planes[BLUE], luma);
  }
  count_pixels(meter, row, luma);
  add_layout(result, luma, y);
  add_areas(meter, luma, y);
  if (meter->reduced.factor == 1) {
    bool gray = meter->kind == ASSAY_ROWS_GRAY;
    reduced_count_red_blue(&meter->reduced, gray ? luma : meter->planes[RED], gray ? luma : meter->planes[BLUE], width);
  }
  luma_ring_push(&meter->ring, &result->native);
}

static void add_up_banks(banks_t banks, bool gray, uint32_t histogram[4][256])
{
  for (int c = gray ? LUMA : RED; c < CHANNELS; c++) {
    for (int v = 0; v < 256; v++) {
      histogram[c][v] = banks[0][c][v] + banks[1][c][v] + banks[2][c][v] + banks[3][c][v];
    }
  }
  for (int c = RED; gray && c < LUMA; c++) memcpy(histogram[c], histogram[LUMA], sizeof histogram[c]);
}

static uint64_t histogram_sum(const uint32_t histogram[256])
{
  uint64_t sum = 0;
  for (uint64_t v = 0; v < 256; v++) sum += v * histogram[v];
  return sum;
}

static void sum_histograms(assay_measurement_t *result)
{
  result->sum_r = histogram_sum(result->histogram[RED]);
  result->sum_g = histogram_sum(result->histogram[GREEN]);
  result->sum_b = histogram_sum(result->histogram[BLUE]);
  result->sum_y = histogram_sum(result->histogram[LUMA]);
  for (uint64_t v = 0; v < 256; v++) result->sum_y_squares += v * v * result->histogram[LUMA][v];
  result->sum_red_green = (int64_t)result->sum_r - (int64_t)result->sum_g;
  result->sum_yellow_blue = (int64_t)(result->sum_r + result->sum_g) - 2 * (int64_t)result->sum_b;
}

const assay_measurement_t *assay_meter_end(assay_meter_t *meter)
{
  assay_measurement_t *result = &meter->result;
  bool gray = meter->kind == ASSAY_ROWS_GRAY;
  add_up_banks(meter->banks, gray, result->histogram);
  if (meter->has_top) {
    add_up_banks(meter->top_banks, gray, result->top_histogram);
  } else {
    memcpy(result->top_histogram, result->histogram, sizeof result->histogram);
  }
  for (int i = 0; i < 256; i++) {
    uint32_t(*banks)[256] = meter->reduced.red_blue_banks;
    result->red_blue[i / 16][i % 16] = banks[0][i] + banks[1][i] + banks[2][i] + banks[3][i];
  }
  sum_histograms(result);
  if (gray) {
    result->color.low_pixels = result->histogram[LUMA][0];
    result->color.high_pixels = result->histogram[LUMA][255];
  }
  if (meter->reduced.factor == 1) result->reduced = result->native;
  result->edge_pixels = (uint64_t)result->width * result->height - result->center_pixels;
  result->difference_hash = area_difference_hash(&meter->grids);
  result->perceptual_hash = area_perceptual_hash(&meter->grids);
  area_thumbnail(&meter->grids, result->width, result->height, gray, result->thumbnail);
  return result;
}

void assay_meter_turned_hashes(const assay_meter_t *meter, uint64_t hashes[ASSAY_TURNS])
{
  area_turned_hashes(&meter->grids, hashes);
}
