/// What most likely happened to data that drifted.
package enum DriftCause: String, Sendable, Hashable, CaseIterable {
  case mix = "drift.mix"
  case sampling = "drift.sampling"
  case upstream = "drift.upstream"
  case capture = "drift.capture"
  case content = "drift.content"
  case unknown = "drift.unknown"

  /// In a few words, as a report begins with it.
  package var summary: String {
    switch self {
    case .mix: "a change of shares: the same kinds of records in other proportions"
    case .sampling: "sampling: records are drawn, repeated or timed otherwise"
    case .upstream: "encoder or upstream: what wrote the files or the table changed"
    case .capture: "capture: camera, optics, light or sensor"
    case .content: "content: what is shown, or how it is labelled"
    case .unknown: "no likely cause stands out"
    }
  }
}

extension DriftCause: ExplainedCode {
  package var explanation: CodeExplanation {
    switch self {
    case .mix:
      CodeExplanation(
        meaning: "The shares of strata changed, and inside of the strata nothing did.",
        reads:
          "the strata of the schema (`drift: {strata: [camera_id]}`) and the sampled records of both profiles",
        condition:
          "at least half of the features that moved move by shares alone: p of the mix is significant, p within strata is not",
        remedy:
          "ask where the shares come from (a site that joined, a camera that fell silent); weight or stratify the evaluation; the model need not be wrong for any stratum"
      )
    case .sampling:
      CodeExplanation(
        meaning: "Records are picked otherwise: repeated frames, other hours or other days.",
        reads: "repeated contents, and instants by hour and weekday",
        condition:
          "the share of records whose content occurs more than once rose by 5 points or more, or hours or weekdays moved",
        remedy:
          "look for a frozen camera, a retry that sends twice, a sampler that runs at other times; compare like hours with like hours (`--window`)"
      )
    case .upstream:
      CodeExplanation(
        meaning: "Something that writes files or tables changed: an encoder, a resize step, an export.",
        reads:
          "format, size in pixels, channels, depth, colour model, JPEG and PNG facts, EXIF software, ICC; which fields are there and of which kind; red against blue",
        condition: "one of these moved, and EXIF make and model did not change from one camera to another",
        remedy:
          "ask for the last release of whatever produces the data; `assay show` on both profiles shows the facts side by side"
      )
    case .capture:
      CodeExplanation(
        meaning: "Images look otherwise, and files are made as before: light, lens, sensor or a new camera.",
        reads: "EXIF make and model; brightness, contrast, sharpness, noise, colour and layout",
        condition:
          "the camera changed, or pixel statistics moved while labels and the facts of files did not",
        remedy:
          "look at the example records; check exposure, focus, a dirty or turned lens, a new camera or firmware"
      )
    case .content:
      CodeExplanation(
        meaning: "Other things are shown, or the same things are labelled otherwise.",
        reads: "values of fields and measurements, embeddings",
        condition: "fields, measurements or embeddings moved, and neither files nor the camera explain it",
        remedy: "look at new and grown categories; label a sample; retrain or narrow the use if it stays")
    case .unknown:
      CodeExplanation(
        meaning: "What moved points to no single cause.", reads: "all scores",
        condition: "none of the other causes applies",
        remedy:
          "declare strata (`drift: {strata: [camera_id]}`) and slices, so that the next report can tell where"
      )
    }
  }
}
