/* PNG rows that have been inflated all at once: undoing the filters, and expanding. */

#include "assay_kernels.h"
#include "png_decoding.h"

/* Columns or rows that pass `pass` of Adam7 has of a side: from `first`, every `step`. */
static uint64_t pass_extent(uint32_t side, uint32_t first, uint32_t step)
{
  return side <= first ? 0 : (side - first + step - 1) / step;
}

static uint64_t filtered_bytes(const png_layout_t *layout, uint64_t width, uint64_t height)
{
  uint64_t bits = width * png_samples(layout) * layout->depth;
  return width == 0 ? 0 : ((bits + 7) / 8 + 1) * height;
}

uint64_t png_inflated_bytes(const png_layout_t *layout)
{
  static const uint8_t passes[7][4] = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
  if (!layout->interlaced) return filtered_bytes(layout, layout->width, layout->height);
  uint64_t sum = 0;
  for (int i = 0; i < 7; i++) {
    const uint8_t *pass = passes[i];
    sum += filtered_bytes(
      layout, pass_extent(layout->width, pass[0], pass[2]), pass_extent(layout->height, pass[1], pass[3]));
  }
  return sum;
}

bool png_is_plain(const png_layout_t *layout)
{
  return layout->depth == 8 && !layout->interlaced && !layout->has_key && !layout->has_palette_alpha;
}

static bool has_known_filters(const uint8_t *rows, size_t distance, uint32_t count)
{
  uint8_t highest = 0;
  for (uint32_t y = 0; y < count; y++) {
    uint8_t filter = rows[y * distance];
    highest = filter > highest ? filter : highest;
  }
  return highest < ASSAY_PNG_FILTERS;
}

/* Undoes the filter of the row that starts with its filter byte. Returns the row in sink pixels, or in place. */
static uint8_t *unfilter_row(const png_layout_t *layout, uint8_t *row, const uint8_t *above, uint8_t *out)
{
  size_t samples = png_samples(layout);
  if (samples >= 3) {
    assay_unfilter_pixels(row[0], row + 1, above, out, layout->width, samples);
    return out;
  }
  assay_unfilter(row[0], row + 1, above, layout->width * samples, samples);
  return row + 1;
}

/* Rows committed at once: a row's upper neighbour must still be there. */
enum { ROWS = 2 };

bool png_take_inflated(png_decoding_t *decoding, const uint8_t *zeros)
{
  uint8_t *rows = decoding->inflated;
  assay_decoder_t *decoder = decoding->decoder;
  const png_layout_t *layout = &decoding->file->layout;
  size_t distance = png_row_bytes(layout) + 1;
  if (!has_known_filters(rows, distance, layout->height)) return false;
  const uint8_t *above = zeros;
  for (uint32_t y = 0; y < layout->height;) {
    uint8_t *out = sink_rows(decoder);
    uint32_t count = layout->height - y < ROWS ? layout->height - y : ROWS;
    for (uint32_t i = 0; i < count; i++, out += decoder->sink.stride, rows += distance) {
      uint8_t *row = unfilter_row(layout, rows, above, out);
      above = row;
      if (!png_expand_row(layout, row, out)) decoding->bad_index = true;
      if (decoder->request.collect_values) {
        png_collect_row(layout, layout->color_type == 3 ? row : out, 0, 1, decoder->values);
      }
    }
    sink_commit(decoder, count);
    y += count;
  }
  decoding->rows = layout->height;
  decoding->any_pixels = true;
  return true;
}
