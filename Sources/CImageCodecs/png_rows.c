/* Samples of PNG rows (PNG specification, 3rd edition, sections 9 and 13.12). */

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

size_t png_row_bytes(const png_layout_t *layout)
{
  return ((size_t)layout->width * png_samples(layout) * layout->depth + 7) / 8;
}

bool png_expand_indices(
  const png_layout_t *layout, const uint8_t *restrict row, uint32_t start, uint32_t step, uint8_t *restrict out)
{
  uint32_t highest = 0;
  for (uint32_t x = start; x < layout->width; x += step) {
    highest = row[x] > highest ? row[x] : highest;
    memcpy(out + 4 * (size_t)x, layout->palette[row[x]], 4);
  }
  return highest < layout->palette_count;
}

static void expand_gray_alpha(const uint8_t *restrict row, uint32_t width, uint8_t *restrict out)
{
  for (uint32_t x = 0; x < width; x++, row += 2, out += 4) {
    out[0] = out[1] = out[2] = row[0];
    out[3] = row[1];
  }
}

bool png_expand_row(const png_layout_t *layout, const uint8_t *row, uint8_t *out)
{
  uint32_t width = layout->width;
  switch (layout->color_type) {
  case 0: memcpy(out, row, width); return true;
  case 3: return png_expand_indices(layout, row, 0, 1, out);
  case 4: expand_gray_alpha(row, width, out); return true;
  default: return true;
  }
}

void png_collect_row(
  const png_layout_t *layout, const uint8_t *row, uint32_t start, uint32_t step, uint64_t *values)
{
  bool indexed = layout->color_type == 3;
  size_t pixel = indexed || png_channels(layout) == 1 ? 1 : 4;
  size_t colors = png_samples(layout) < 3 ? 1 : 3;
  /* Gray of less than 8 bits has been scaled to 255. */
  uint32_t scale = indexed || layout->depth >= 8 ? 1 : 255u / ((1u << layout->depth) - 1);
  const uint16_t *wide = (const uint16_t *)(const void *)row;
  for (size_t x = start; x < layout->width; x += step) {
    for (size_t i = pixel * x; i < pixel * x + colors; i++) {
      uint32_t value = layout->depth == 16 ? wide[i] : row[i] / scale;
      values[value >> 6] |= 1ull << (value & 63);
    }
  }
}
