/// What a comparison sees of an image beside its features: counts and vectors that no row holds.
package enum ImageView: String, Sendable, CaseIterable {
  case luma, red, green, blue
  case redBlue = "red_blue"
  case thumbnail, outcome

  /// The histograms of code values, luma first, with the channel each is of in a profile.
  static let histograms: [(view: ImageView, channel: Int)] = [(.luma, 3), (.red, 0), (.green, 1), (.blue, 2)]

  /// The name under which scores of the image's view stand.
  package func name(of image: String = "image") -> String { "\(image).\(rawValue)" }

  /// One sentence.
  package var meaning: String {
    switch self {
    case .luma: "How many pixels have which luma, 0 to 255, over all whole default images."
    case .red: "How many pixels have which red code value, 0 to 255, over all whole default images."
    case .green: "How many pixels have which green code value, 0 to 255, over all whole default images."
    case .blue: "How many pixels have which blue code value, 0 to 255, over all whole default images."
    case .redBlue:
      "How many pixels have which red and blue together, 16 levels each: it sees the two exchanged."
    case .thumbnail: "Area averages of 8 x 8 cells, red, green and blue: what images look like from afar."
    case .outcome: "How many images came out whole, and what became of the others."
    }
  }

  /// How it is held against chance.
  package var calibration: String {
    switch self {
    case .luma, .red, .green, .blue, .redBlue:
      "Whole images of the samples are exchanged between the sides, never single pixels."
    case .thumbnail: "Images of the samples are exchanged between the sides; org.assay.mmd/1 compares them."
    case .outcome: "Records are exchanged between the sides, as for every category."
    }
  }
}
