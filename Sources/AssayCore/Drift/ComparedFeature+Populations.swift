extension ComparedFeature {
  /// Every view of every feature that both or one of the two populations have: images in the order of the built-ins,
  /// then fields, then measurements by name. Of private fields only their presence is compared, of digests nothing.
  ///
  /// Nothing is dropped because one side lacks it: what came, went or changed its type is a view of its own.
  package static func all(_ reference: Population, _ current: Population) -> [ComparedFeature] {
    images(reference, current)
      + columns(reference.fields, current.fields, "field.", reference.recordCount, current.recordCount)
      + columns(
        reference.measurements, current.measurements, "", reference.recordCount, current.recordCount)
  }

  /// The same of two whole sets, with what only their samples tell: pixel histograms, calibrated on single images.
  package static func all(_ reference: Profile, _ current: Profile) -> [ComparedFeature] {
    let sampled = SampledRows(reference, current)
    return all(reference.whole, current.whole).flatMap { $0.withVectors(sampled) }
      + histograms(reference, current, sampled) + thumbnails(sampled)
  }

  /// A field of vectors with the sampled ones, which are all that a profile keeps of them.
  private func withVectors(_ sampled: SampledRows) -> [ComparedFeature] {
    guard case .incomparable = form, aspect == .values, name.hasPrefix("field.") else { return [self] }
    let field = String(name.dropFirst("field.".count))
    var views = [self]
    if let vectors = SampledVectors.field(field, sampled) { views[0].form = .vectors(vectors) }
    if let lengths = SampledVectors.lengths(field, sampled) {
      var view = self
      (view.form, view.aspect) = (.tally(lengths), .lengths)
      views.append(view)
    }
    return views
  }

  private static func thumbnails(_ sampled: SampledRows) -> [ComparedFeature] {
    guard let vectors = SampledVectors.thumbnails(sampled) else { return [] }
    return [
      make(
        ImageView.thumbnail.name(), .values, .vectors(vectors),
        (Int64(vectors.referenceCount), Int64(vectors.currentCount)))
    ]
  }

  /// How many records of each set are in a slice.
  package static func share(
    ofSlice reference: Population?, _ current: Population?, _ referenceRecords: Int64, _ currentRecords: Int64
  ) -> ComparedFeature {
    presence(
      "records", counts: (reference?.recordCount ?? 0, current?.recordCount ?? 0), "slice",
      (referenceRecords, currentRecords))
  }

  private static func images(_ reference: Population, _ current: Population) -> [ComparedFeature] {
    let names = Set(reference.images.sorted.map(\.name)).union(current.images.sorted.map(\.name)).sorted()
    return names.flatMap { name -> [ComparedFeature] in
      guard let left = reference.images[name], let right = current.images[name] else {
        let counts = (reference.images[name]?.count ?? 0, current.images[name]?.count ?? 0)
        var image = presence(
          name, counts: counts, "image", (reference.recordCount, current.recordCount))
        image.place = .image(name)
        return [image]
      }
      return [outcomes(name, left, right)] + builtins(name, left, right)
    }
  }

  /// What became of the images: a set that breaks while it is read has drifted, whatever its pixels say.
  private static func outcomes(_ image: String, _ left: ImageProfile, _ right: ImageProfile)
    -> ComparedFeature
  {
    let all = DecodeOutcome.allCases.filter { left.count($0) &+ right.count($0) > 0 }
    let tally = Tally(
      names: all.map(\.name), reference: all.map { left.count($0) }, current: all.map { right.count($0) })
    var outcome = make(ImageView.outcome.name(of: image), .values, .tally(tally), (left.count, right.count))
    outcome.place = .image(image)
    return outcome
  }

  /// Features of images: a value is missing where the image is broken or its format has none, and then the outcome
  /// and the format say so. Only a feature that one side has never is a matter of its own.
  private static func builtins(_ image: String, _ left: ImageProfile, _ right: ImageProfile)
    -> [ComparedFeature]
  {
    BuiltinFeature.allCases.compactMap { feature in
      let definition = feature.definition
      let (reference, current) = (left.columns[feature.rawValue], right.columns[feature.rawValue])
      guard definition.kind != .identity, reference.presentCount &+ current.presentCount > 0 else {
        return nil
      }
      var compared = ComparedFeature(
        name: "\(image).\(definition.name)", unit: definition.unit, form: .categories, reference: reference,
        current: current, referenceRecords: left.count, currentRecords: right.count)
      compared.place = .builtin(image: image, feature)
      if reference.presentCount == 0 || current.presentCount == 0 {
        return presence(of: compared, "values", (true, true))
      }
      if definition.kind == .integer || definition.kind == .real {
        compared.form = orderedForm(reference, current)
      }
      return compared
    }
  }

  /// Pixels of the default image by code value: luma, each channel, and red against blue, which alone sees the two
  /// exchanged.
  static func histograms(_ reference: Population, _ current: Population) -> [ComparedFeature] {
    guard let left = reference.images["image"]?.pixels, let right = current.images["image"]?.pixels,
      left.imageCount > 0, right.imageCount > 0
    else { return [] }
    let counts = (left.imageCount, right.imageCount)
    let channels = ImageView.histograms.map { seen, channel in
      let form = Form.histogram(left.codeValues(of: channel), right.codeValues(of: channel))
      var view = make(seen.name(), .values, form, counts, unit: "code values")
      view.place = .pixels(channel: channel)
      return view
    }
    var joint = make(
      ImageView.redBlue.name(), .values, .jointHistogram(left.redBlue, right.redBlue), counts)
    joint.place = .pixels(channel: nil)
    return channels + [joint]
  }

  /// The same with single images of the samples, which are what is exchanged: for luma, the three channels of each.
  private static func histograms(_ reference: Profile, _ current: Profile, _ sampled: SampledRows)
    -> [ComparedFeature]
  {
    let contents: [SampledImages.Content] = [.channels, .channel(0), .channel(1), .channel(2), .redBlue]
    return zip(histograms(reference.whole, current.whole), contents).map { view, content in
      var view = view
      view.images = SampledImages(content, sampled)
      return view
    }
  }

  private static func columns(
    _ reference: SmallestKeys<ColumnProfile>, _ current: SmallestKeys<ColumnProfile>, _ prefix: String,
    _ referenceRecords: Int64, _ currentRecords: Int64
  ) -> [ComparedFeature] {
    let names = Set(reference.sorted.map(\.name)).union(current.sorted.map(\.name)).sorted()
    return names.flatMap { name in
      let empty = ColumnProfile(scale: .whole)
      let (left, right) = (reference[name], current[name])
      var compared = ComparedFeature(
        name: prefix + name, form: .presence, reference: left ?? empty, current: right ?? empty,
        referenceRecords: referenceRecords, currentRecords: currentRecords)
      compared.place = prefix.isEmpty ? .measurement(name) : .field(name)
      return [presence(of: compared, prefix.isEmpty ? "measurement" : "field", (left != nil, right != nil))]
        + compared.valueViews
    }
  }
}

extension ComparedFeature {
  static func make(
    _ name: String, _ aspect: Aspect, _ form: Form, _ records: (Int64, Int64), unit: String = ""
  ) -> ComparedFeature {
    let empty = ColumnProfile(scale: .whole)
    return ComparedFeature(
      name: name, aspect: aspect, unit: unit, form: form, reference: empty, current: empty,
      referenceRecords: records.0, currentRecords: records.1)
  }

  /// How many records have what is not a column: an image, a slice.
  private static func presence(
    _ name: String, counts: (Int64, Int64), _ what: String, _ records: (Int64, Int64)
  ) -> ComparedFeature {
    var compared = make(name, .presence, .presence, records)
    compared.present = counts
    compared.note = absence(what, counts.0 > 0, counts.1 > 0)
    return compared
  }

  /// How many records have a value; `exists` says where the column is known at all.
  private static func presence(of feature: ComparedFeature, _ what: String, _ exists: (Bool, Bool))
    -> ComparedFeature
  {
    var compared = feature
    compared.aspect = .presence
    compared.form = .presence
    compared.unit = ""
    let counts = compared.presentCounts
    compared.note = absence(what, exists.0, exists.1)
    if compared.note == nil, counts.reference == 0 || counts.current == 0 {
      compared.note = "no values\(sides(counts.reference == 0, counts.current == 0))"
    }
    return compared
  }

  private static func absence(_ what: String, _ inReference: Bool, _ inCurrent: Bool) -> String? {
    inReference && inCurrent ? nil : "no such \(what)\(sides(!inReference, !inCurrent))"
  }

  private static func sides(_ reference: Bool, _ current: Bool) -> String {
    reference && current ? " on either side" : reference ? " in the reference" : " in the current set"
  }

  /// Numbers of both sides; incomparable where a side has none that is finite.
  static func orderedForm(_ reference: ColumnProfile, _ current: ColumnProfile) -> Form {
    guard let left = reference.numbers, let right = current.numbers, reference.finiteCount > 0,
      current.finiteCount > 0
    else {
      return .incomparable(
        "no finite number\(sides(reference.finiteCount == 0, current.finiteCount == 0))")
    }
    return .ordered(left, right)
  }
}
