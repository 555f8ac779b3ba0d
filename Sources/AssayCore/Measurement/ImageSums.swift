/// The whole-number sums of one image: all that its real-valued features are taken from.
///
/// Code values are 8-bit (16-bit samples are rescaled, `(v * 255 + 32895) >> 16`); luma is
/// `Y = (19595 R + 38470 G + 7471 B + 32768) >> 16`. Sums over pixels leave out transparent ones; those of
/// neighbourhoods and of the layout take every pixel as stored.
package struct ImageSums: Sendable, Hashable {
  /// Columns and rows, upright.
  package var width: UInt64 = 0
  package var height: UInt64 = 0
  /// Pixels whose alpha is not 0: the ones the sums over pixels count.
  package var pixels: UInt64 = 0
  /// Pixels whose alpha is 0.
  package var transparent: UInt64 = 0
  package var red: UInt64 = 0
  package var green: UInt64 = 0
  package var blue: UInt64 = 0
  package var luma: UInt64 = 0
  package var lumaSquares: UInt64 = 0
  /// The sum of `R - G`, and of its square.
  package var redGreen: Int64 = 0
  package var redGreenSquares: UInt64 = 0
  /// The sum of `R + G - 2B`, twice the yellow-blue difference, and of its square.
  package var yellowBlue: Int64 = 0
  package var yellowBlueSquares: UInt64 = 0
  /// The sum of `max - min` over the three channels, and its largest value.
  package var chroma: UInt64 = 0
  package var maxChroma: UInt64 = 0
  /// Pixels with `max - min` above 8, and above 0.
  package var chromaAbove8: UInt64 = 0
  package var chromaAbove0: UInt64 = 0
  /// Pixels with a channel at 0, and with a channel at 255.
  package var lowPixels: UInt64 = 0
  package var highPixels: UInt64 = 0
  /// Neighbourhoods at native size.
  package var native = Neighbourhood()
  /// Neighbourhoods of the reduction: boxes of `k x k` pixels, `k = ceil(max(width, height) / 256)`.
  package var reduced = Neighbourhood()
  package var layout = Layout()

  package init() {}
}

extension ImageSums {
  /// Sums over neighbourhoods of luma.
  package struct Neighbourhood: Sendable, Hashable {
    /// The sum of the 4-neighbour Laplacian over interior pixels, and of its square.
    package var laplacian: Int64 = 0
    package var laplacianSquares: UInt64 = 0
    /// The sum of `|[1 -2 1; -2 4 -2; 1 -2 1] * Y|` over interior pixels.
    package var immerkaer: UInt64 = 0
    /// Interior pixels.
    package var interior: UInt64 = 0
    /// Absolute steps between neighbours `8k + 7` and `8k + 8` of a row or a column: their sum and number.
    package var stepsOn: UInt64 = 0
    package var stepsOnCount: UInt64 = 0
    /// All other absolute steps: their sum and number.
    package var stepsOff: UInt64 = 0
    package var stepsOffCount: UInt64 = 0

    package init() {}
  }

  /// Sums of luma over parts of the image.
  ///
  /// Halves leave out the middle row or column of an odd side. The centre is columns `[w / 4, 3w / 4)` of rows
  /// `[h / 4, 3h / 4)`, rounded down; the edge is the rest.
  package struct Layout: Sendable, Hashable {
    package var top: UInt64 = 0
    package var bottom: UInt64 = 0
    package var left: UInt64 = 0
    package var right: UInt64 = 0
    package var center: UInt64 = 0
    package var centerPixels: UInt64 = 0
    package var edge: UInt64 = 0
    package var edgePixels: UInt64 = 0

    package init() {}
  }
}
