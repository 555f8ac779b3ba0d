/* Filters and samples of PNG rows (PNG specification, 3rd edition, sections 9 and 13.12). */

#include "png_rows.h"

#include <string.h>

uint32_t png_samples(const png_layout_t *layout)
{
  switch (layout->color_type) {
  case 2: return 3;
  case 4: return 2;
  case 6: return 4;
  default: return 1;
  }
}

uint32_t png_channels(const png_layout_t *layout)
{
  switch (layout->color_type) {
  case 0: return layout->has_key ? 2 : 1;
  case 2: return layout->has_key ? 4 : 3;
  case 3: return layout->has_palette_alpha ? 4 : 3;
  case 4: return 2;
  default: return 4;
  }
}

size_t png_row_bytes(const png_layout_t *layout, uint32_t width)
{
  return ((size_t)width * png_samples(layout) * layout->depth + 7) / 8;
}

/* Filters. Each is written once for any distance and compiled for the common ones. */

#define INLINE static inline __attribute__((always_inline))

INLINE void undo_sub(uint8_t *row, size_t count, size_t distance)
{
  for (size_t i = distance; i < count; i++) row[i] = (uint8_t)(row[i] + row[i - distance]);
}

static void undo_up(uint8_t *restrict row, const uint8_t *restrict above, size_t count)
{
  for (size_t i = 0; i < count; i++) row[i] = (uint8_t)(row[i] + above[i]);
}

INLINE void undo_average(uint8_t *row, const uint8_t *above, size_t count, size_t distance)
{
  for (size_t i = 0; i < distance && i < count; i++) row[i] = (uint8_t)(row[i] + above[i] / 2);
  for (size_t i = distance; i < count; i++) row[i] = (uint8_t)(row[i] + (row[i - distance] + above[i]) / 2);
}

INLINE uint8_t paeth(int left, int up, int corner)
{
  int to_left = up - corner, to_up = left - corner, to_corner = to_left + to_up;
  to_left = to_left < 0 ? -to_left : to_left;
  to_up = to_up < 0 ? -to_up : to_up;
  to_corner = to_corner < 0 ? -to_corner : to_corner;
  if (to_left <= to_up && to_left <= to_corner) return (uint8_t)left;
  return (uint8_t)(to_up <= to_corner ? up : corner);
}

INLINE void undo_paeth(uint8_t *row, const uint8_t *above, size_t count, size_t distance)
{
  for (size_t i = 0; i < distance && i < count; i++) row[i] = (uint8_t)(row[i] + above[i]);
  for (size_t i = distance; i < count; i++) {
    row[i] = (uint8_t)(row[i] + paeth(row[i - distance], above[i], above[i - distance]));
  }
}

/* The chain from pixel to pixel is the bottleneck of these three, so a pixel of 3 or 4 bytes goes through it as one
 * vector of 16-bit lanes. */
typedef int16_t lanes_t __attribute__((vector_size(8)));
typedef uint8_t bytes_t __attribute__((vector_size(4)));

INLINE lanes_t load_pixel(const uint8_t *bytes, size_t distance)
{
  bytes_t packed = {0};
  memcpy(&packed, bytes, distance);
  return __builtin_convertvector(packed, lanes_t);
}

INLINE void store_pixel(uint8_t *bytes, lanes_t pixel, size_t distance)
{
  bytes_t packed = __builtin_convertvector(pixel, bytes_t);
  memcpy(bytes, &packed, distance);
}

INLINE lanes_t choose(lanes_t mask, lanes_t yes, lanes_t no) { return (mask & yes) | (~mask & no); }

INLINE lanes_t magnitude(lanes_t value)
{
  lanes_t sign = value >> 15;
  return (value ^ sign) - sign;
}

INLINE void undo_sub_pixels(uint8_t *row, size_t count, size_t distance)
{
  lanes_t left = {0};
  for (size_t i = 0; i + distance <= count; i += distance) {
    left = (left + load_pixel(row + i, distance)) & 255;
    store_pixel(row + i, left, distance);
  }
}

INLINE void undo_average_pixels(uint8_t *row, const uint8_t *above, size_t count, size_t distance)
{
  lanes_t left = {0};
  for (size_t i = 0; i + distance <= count; i += distance) {
    lanes_t mean = (left + load_pixel(above + i, distance)) >> 1;
    left = (load_pixel(row + i, distance) + mean) & 255;
    store_pixel(row + i, left, distance);
  }
}

INLINE void undo_paeth_pixels(uint8_t *row, const uint8_t *above, size_t count, size_t distance)
{
  lanes_t left = {0}, corner = {0};
  for (size_t i = 0; i + distance <= count; i += distance) {
    lanes_t up = load_pixel(above + i, distance);
    lanes_t to_left = up - corner, to_up = left - corner;
    lanes_t to_corner = magnitude(to_left + to_up);
    to_left = magnitude(to_left);
    to_up = magnitude(to_up);
    lanes_t predicted = choose(to_up <= to_corner, up, corner);
    predicted = choose((to_left <= to_up) & (to_left <= to_corner), left, predicted);
    left = (load_pixel(row + i, distance) + predicted) & 255;
    store_pixel(row + i, left, distance);
    corner = up;
  }
}

bool png_unfilter(uint8_t filter, uint8_t *row, const uint8_t *above, size_t count, size_t distance)
{
  switch (filter) {
  case 0: return true;
  case 1:
    if (distance == 3) undo_sub_pixels(row, count, 3);
    else if (distance == 4) undo_sub_pixels(row, count, 4);
    else undo_sub(row, count, distance);
    return true;
  case 2: undo_up(row, above, count); return true;
  case 3:
    if (distance == 3) undo_average_pixels(row, above, count, 3);
    else if (distance == 4) undo_average_pixels(row, above, count, 4);
    else undo_average(row, above, count, distance);
    return true;
  case 4:
    if (distance == 3) undo_paeth_pixels(row, above, count, 3);
    else if (distance == 4) undo_paeth_pixels(row, above, count, 4);
    else if (distance == 1) undo_paeth(row, above, count, 1);
    else undo_paeth(row, above, count, distance);
    return true;
  default: return false;
  }
}

/* Samples */

/* Sample `i` of a row of samples of up to 8 bits. */
INLINE uint32_t small_sample(const uint8_t *row, size_t i, uint32_t depth)
{
  size_t bit = i * depth;
  return (uint32_t)(row[bit >> 3] >> (8 - depth - (bit & 7))) & ((1u << depth) - 1);
}

INLINE uint16_t wide_sample(const uint8_t *row, size_t i)
{
  return (uint16_t)(row[2 * i] << 8 | row[2 * i + 1]);
}

static void expand_gray(const png_layout_t *layout, const uint8_t *row, uint32_t width, uint8_t *out)
{
  uint32_t depth = layout->depth, scale = 255u / ((1u << depth) - 1);
  if (depth == 8 && !layout->has_key) {
    memcpy(out, row, width);
    return;
  }
  for (uint32_t x = 0; x < width; x++) {
    uint32_t sample = small_sample(row, x, depth);
    uint8_t level = (uint8_t)(sample * scale);
    if (!layout->has_key) {
      out[x] = level;
      continue;
    }
    uint8_t pixel[4] = {level, level, level, sample == layout->key[0] ? 0 : 255};
    memcpy(out + 4 * (size_t)x, pixel, 4);
  }
}

static bool expand_palette(const png_layout_t *layout, const uint8_t *row, uint32_t width, uint8_t *out)
{
  uint32_t highest = 0;
  for (uint32_t x = 0; x < width; x++) {
    uint32_t index = layout->depth == 8 ? row[x] : small_sample(row, x, layout->depth);
    highest = index > highest ? index : highest;
    memcpy(out + 4 * (size_t)x, layout->palette[index], 4);
  }
  return highest < layout->palette_count;
}

static void expand_rgb(const png_layout_t *layout, const uint8_t *restrict row, uint32_t width, uint8_t *restrict out)
{
  for (uint32_t x = 0; x < width; x++) {
    out[4 * (size_t)x] = row[3 * (size_t)x];
    out[4 * (size_t)x + 1] = row[3 * (size_t)x + 1];
    out[4 * (size_t)x + 2] = row[3 * (size_t)x + 2];
    out[4 * (size_t)x + 3] = 255;
  }
  if (!layout->has_key) return;
  const uint16_t *key = layout->key;
  for (uint32_t x = 0; x < width; x++, row += 3) {
    if (row[0] == key[0] && row[1] == key[1] && row[2] == key[2]) out[4 * (size_t)x + 3] = 0;
  }
}

static void expand_gray_alpha(const uint8_t *row, uint32_t width, uint8_t *out)
{
  for (uint32_t x = 0; x < width; x++, row += 2, out += 4) {
    out[0] = out[1] = out[2] = row[0];
    out[3] = row[1];
  }
}

/* 16 bits of any colour type. */
static void expand_wide(const png_layout_t *layout, const uint8_t *row, uint32_t width, uint16_t *out)
{
  uint32_t samples = png_samples(layout);
  bool gray = samples < 3;
  if (png_channels(layout) == 1) {
    for (uint32_t x = 0; x < width; x++) out[x] = wide_sample(row, x);
    return;
  }
  for (uint32_t x = 0; x < width; x++, row += 2 * samples, out += 4) {
    bool keyed = layout->has_key;
    for (uint32_t c = 0; c < 3; c++) {
      out[c] = wide_sample(row, gray ? 0 : c);
      keyed = keyed && out[c] == layout->key[gray ? 0 : c];
    }
    out[3] = samples % 2 == 0 ? wide_sample(row, samples - 1) : keyed ? 0 : 65535;
  }
}

bool png_expand_row(const png_layout_t *layout, const uint8_t *row, uint32_t width, uint8_t *out)
{
  if (layout->depth == 16) {
    expand_wide(layout, row, width, (uint16_t *)(void *)out);
    return true;
  }
  switch (layout->color_type) {
  case 0: expand_gray(layout, row, width, out); return true;
  case 2: expand_rgb(layout, row, width, out); return true;
  case 3: return expand_palette(layout, row, width, out);
  case 4: expand_gray_alpha(row, width, out); return true;
  default: memcpy(out, row, 4 * (size_t)width); return true;
  }
}

void png_collect_row(const png_layout_t *layout, const uint8_t *row, uint32_t width, uint64_t *values)
{
  uint32_t samples = png_samples(layout), colors = samples < 3 ? 1 : 3;
  for (size_t x = 0; x < width; x++) {
    for (size_t c = 0; c < colors; c++) {
      size_t i = x * samples + c;
      uint32_t value = layout->depth == 16 ? wide_sample(row, i) : small_sample(row, i, layout->depth);
      values[value >> 6] |= 1ull << (value & 63);
    }
  }
}
