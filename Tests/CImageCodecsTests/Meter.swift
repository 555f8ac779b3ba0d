import CImageCodecs

/// Measures pixels as a decoder would.
///
/// - Parameter pixels: height x width x 1 (gray), or x 4 with the fourth sample as alpha or unused.
func measure(_ pixels: [UInt8], _ width: Int, _ height: Int, _ kind: assay_row_kind_t) -> Measured {
  guard let meter = assay_meter_create() else { preconditionFailure("no memory for a meter") }
  defer { assay_meter_destroy(meter) }
  let stride = kind == ASSAY_ROWS_GRAY ? width : 4 * width
  precondition(assay_meter_begin(meter, UInt32(width), UInt32(height), kind, false), "no memory for rows")
  pixels.withUnsafeBufferPointer { pixels in
    for y in 0..<height { assay_meter_add(meter, pixels.baseAddress.map { $0 + stride * y }) }
  }
  guard let result = assay_meter_end(meter) else { preconditionFailure("a meter that was begun ends") }
  return Measured(result)
}

/// A measurement with its arrays taken out.
struct Measured {
  var sums: assay_measurement_t
  var histogram: [UInt32]
  var redBlue: [UInt32]
  var thumbnail: [UInt8]

  init(_ at: UnsafePointer<assay_measurement_t>) {
    sums = at.pointee
    histogram = Array(UnsafeBufferPointer(start: assay_measured_histogram(at), count: 1024))
    redBlue = Array(UnsafeBufferPointer(start: assay_measured_red_blue(at), count: 256))
    thumbnail = Array(UnsafeBufferPointer(start: assay_measured_thumbnail(at), count: 192))
  }
}

/// RGB pixels with a fourth sample.
func padded(_ rgb: [UInt8], fourth: UInt8 = 255) -> [UInt8] {
  stride(from: 0, to: rgb.count, by: 3).flatMap { [rgb[$0], rgb[$0 + 1], rgb[$0 + 2], fourth] }
}
