extension FindingCode: ExplainedCode {
  /// The page of the code: what it means, what is read, when it is found, what to do.
  package var explanation: CodeExplanation {
    func page(_ meaning: String, reads: String, when condition: String, remedy: String) -> CodeExplanation {
      CodeExplanation(meaning: meaning, reads: reads, condition: condition, remedy: remedy)
    }
    let fixOrDeclare = "Correct the records, or the schema if the records are right."
    let declared = "the field as declared under `fields`"
    let unanswered = "Its bounds are not evaluated on the record; all other records are answered."
    let flat = "Images of hardly any detail (fewer than 6 bits of the hash set) are near to none."
    let wilson =
      "The lower end of the Wilson 95 % interval is below min, or its upper end above max; with too few records to "
      + "show either it is not judged."
    let moreOrBetter =
      "Look at the slices the report names. If the share itself is good enough, more labelled records show it."
    let pixels = "Pixel features are judged of images that decoded without a complaint only."
    switch self {
    case .imageRange:
      return page(
        "A feature of an image is outside its bounds.", reads: "the feature the rule names",
        when: "value < min or value > max; ends are allowed. \(pixels)",
        remedy: "Look at the image; widen the bound, or give it `severity: warn` or `allow`.")
    case .imageValues:
      return page(
        "A feature of an image has a value that is not in its list.", reads: "the feature the rule names",
        when: "the value equals none of `values`. \(pixels)", remedy: fixOrDeclare)
    case .imageFormat:
      return page(
        "An image is of a format the schema does not list.", reads: "image.format, from magic bytes",
        when: "the format is none of `formats`; unknown formats are judged by `records.corrupt`.",
        remedy: "Convert the image, or add the format to `formats`.")
    case .imageExtensionMismatch:
      return page(
        "The name's extension and the bytes name different formats.", reads: "image.extension, image.format",
        when: "the extension is one of a known format, and not of the one the magic bytes name.",
        remedy: "Rename the file; `extension_match: false` under the image switches the rule off.")
    case .imageColor:
      return page(
        "An image is not of the declared colour.", reads: "image.gray_exact, image.near_gray, from pixels",
        when: "`grayscale`: some pixel has R, G, B not equal; `near-grayscale`: max - min > 8 in more than "
          + "1 % of the pixels; `color`: every pixel has R = G = B.",
        remedy: fixOrDeclare)
    case .imageMetadata:
      return page(
        "An image carries metadata it must not, or lacks what it must have.", reads: "image.gps",
        when: "`gps: forbidden` and EXIF has a GPS position, or `gps: required` and it has none.",
        remedy: "Strip EXIF before delivery; a position names a home.")
    case .imageMissing:
      return page(
        "A record lacks a declared image.", reads: "the record's members",
        when: "no member matches the image's `members`, unless it says `required: false`.",
        remedy: "Deliver the image, or declare it `required: false`.")
    case .imageSizeMismatch:
      return page(
        "Two images of a record differ in size.", reads: "width and height of both images",
        when: "`same_size_as` names an image whose width or height is another, both being known.",
        remedy: "Look for resizing that touched only one of them.")
    case .imageSampleValues:
      return page(
        "A mask has sample values that are not declared.", reads: "every sample of the image, as stored",
        when: "some sample's value is none of `values`; palette images count indices.",
        remedy: "Look for resampling with interpolation or lossy compression, or declare the class.")
    case .fieldMissing:
      return page(
        "A required field has no value.", reads: declared,
        when: "the field is absent, null or an empty cell.", remedy: fixOrDeclare)
    case .fieldType:
      return page(
        "A field's value is not of the declared type.", reads: declared,
        when: "the value does not read as the type; text is no number where the source tells them apart. "
          + "The field's other rules and expressions that use it are not judged on the record.",
        remedy: fixOrDeclare)
    case .fieldValues:
      return page(
        "A field's value is not in its list.", reads: declared, when: "the value equals none of `values`.",
        remedy: "Look for a new category or a spelling; add it to `values` if it is meant.")
    case .fieldRange:
      return page(
        "A field's value is outside its bounds.", reads: declared,
        when: "value < min or value > max; ends are allowed.", remedy: fixOrDeclare)
    case .fieldLength:
      return page(
        "A field's text is too short or too long.", reads: declared,
        when: "the number of Unicode scalars is below `min_length` or above `max_length`.",
        remedy: fixOrDeclare)
    case .fieldPattern:
      return page(
        "A field's text does not match its expression.", reads: declared,
        when: "`regex` (RE2) does not match the whole text.", remedy: fixOrDeclare)
    case .fieldUnique:
      return page(
        "A field's value occurs in more than one record.", reads: declared,
        when: "a 128-bit keyed hash of the value was seen before in the run, in key order; exact index.",
        remedy: "Look for records delivered twice, or ids that were reused.")
    case .fieldEquals:
      return page(
        "A field disagrees with what it must equal.", reads: "the field, and the feature or field named",
        when: "both are known and differ: as numbers where both are numbers, else as text.",
        remedy: "Often EXIF orientation (width and height swapped) or an image resized after labelling.")
    case .fieldChecksum:
      return page(
        "A field's checksum is not that of the image.", reads: "the field, the default image's bytes",
        when: "the digest in hexadecimal differs, case aside.",
        remedy: "The image was changed or mixed up after the manifest was written: get it again.")
    case .privacyPresent:
      return page(
        "A field that must have been dropped has a value.", reads: "whether the field has a value",
        when: "`privacy: dropped` and the field is neither absent, null nor empty. The value is not kept.",
        remedy: "Remove the column at its source, and treat the delivery as personal data.")
    case .privacyClearText:
      return page(
        "A field that must be a digest is not.", reads: "the shape of the field's value",
        when: "`privacy: {masked: ...}` and the value is no digest in hexadecimal or base64. "
          + "The value is not kept.",
        remedy: "Hash the column at its source, and treat the delivery as personal data.")
    case .privacyWrongMask:
      return page(
        "A field is masked by another digest than declared.", reads: "the shape of the field's value",
        when: "the value has the length of another digest than `masked` names.",
        remedy: "Hash with the declared digest, or correct the schema.")
    case .privacyPersonalData:
      return page(
        "A text contains personal data.", reads: declared,
        when: "`privacy: no_pii`, and one of privacy.email, privacy.phone, privacy.card is found.",
        remedy: "Remove it at its source. The value is not kept.")
    case .privacyEmail:
      return page(
        "A text contains an e-mail address.", reads: declared,
        when: "`privacy: no_pii`, and a local part, an @ and a domain with a dot stand in the text.",
        remedy: "Remove it at its source. The value is not kept.")
    case .privacyPhone:
      return page(
        "A text contains a phone number.", reads: declared,
        when: "`privacy: no_pii`, and a number with a leading + and 8 to 15 digits, or one grouped as phone "
          + "numbers are, stands in the text. Plain runs of digits are not taken for one.",
        remedy: "Remove it at its source. The value is not kept.")
    case .privacyCard:
      return page(
        "A text contains a payment card number.", reads: declared,
        when: "`privacy: no_pii`, and 13 to 19 digits with a card's prefix and length pass Luhn's check.",
        remedy: "Remove it at its source. The value is not kept.")
    case .measurementRange:
      return page(
        "What a plugin measured is outside its bounds.", reads: "the measurement the rule names",
        when: "value < min or value > max; ends are allowed.",
        remedy: "Look at the record with the plugin's documentation; adjust the bound.")
    case .invariantAssert:
      return page(
        "An assertion is false.", reads: "the features and fields its expression names",
        when: "SQLite evaluates the expression to 0.", remedy: fixOrDeclare)
    case .invariantPlugin:
      return page(
        "A plugin found something wrong with a record, or gave no answer for it.",
        reads: "what the plugin asked to see: pixels, features, fields that are not private",
        when:
          "an invariant gives findings, each under PLUGIN-ID:CODE; or a plugin gives no answer (`plugin.*`).",
        remedy: "`assay plugin show` has the plugin's own words. \(fixOrDeclare)")
    case .pluginCrashed:
      return page(
        "A plugin ended its worker on this record.", reads: "what became of the plugin worker's process",
        when:
          "the worker died, left or broke the protocol on the record, also when it was a fresh one. \(unanswered)",
        remedy: "Report it to the plugin's author with the record.")
    case .pluginTimeout:
      return page(
        "A plugin took too long over this record.", reads: "the coordinator's clock",
        when: "no answer within --record-timeout, counted for each record and plugin. \(unanswered)",
        remedy: "Raise --record-timeout if the plugin is meant to be that slow; else report it to its author."
      )
    case .pluginFailed:
      return page(
        "A plugin answered with an error, or against its contract.", reads: "the plugin's status and values",
        when:
          "a status other than OK and NOT_APPLICABLE, a NaN, a value of another kind than declared, a text "
          + "outside its room. \(unanswered)",
        remedy: "The finding has the plugin's words. Report what is no fault of the record to its author.")
    case .pluginFrameTooLarge:
      return page(
        "The record's pixels are too large to be shown to a plugin.", reads: "sizes of its frames in memory",
        when: "the upright frames of all images of the record need more than the memory limit of an image "
          + "(2 GiB), or decoding with a whole frame does. \(unanswered)",
        remedy: "Scale such images down, or give the entry a `where` and `on_null: skip`.")
    case .pluginNotRun:
      return page(
        "A record that is judged again was never shown to the plugin.", reads: "the row of `--records`",
        when: "the schema uses a plugin whose values the row does not have. \(unanswered)",
        remedy: "Run on the data itself: plugins are not called for rows.")
    case .ruleNull:
      return page(
        "A rule's expression came to NULL.", reads: "the features and fields its expression names",
        when:
          "a value it needs is missing or there was a division by zero, of a record whose images are ok; or "
          + "a row of `--records` is judged again, and a private value that the rule needs is not in it.",
        remedy:
          "Guard the expression with `IS NOT NULL` or coalesce, or say `on_null: skip`; for a private value "
          + "judge its source again.")
    case .ruleNotJudged:
      return page(
        "A rule could not be judged, and therefore fails.", reads: "the index or fact the rule needs",
        when: "the run has no index, no profile or no record from which to judge the rule.",
        remedy: "Give the run what is named, or remove the rule.")
    case .ruleExpired:
      return page(
        "A rule's terms are out of date.", reads: "the rule's `until`, today's date",
        when:
          "today is later than `until`. The rule is judged as before, and whether it holds or not this warns.",
        remedy: "Renew `until`, or take the exception back.")
    case .recordsCount:
      return page(
        "The set has too few or too many records.", reads: "the number of records",
        when: "records < min or records > max.", remedy: "Look for a truncated or doubled delivery.")
    case .recordsCorrupt:
      return page(
        "Too many images are corrupt.", reads: "the outcome of decoding each record's images",
        when: "(damaged + undecodable + crashed + timeout) / records > max. Without a rule, max is 0.",
        remedy: "See the rejects file for each record with its reason.")
    case .recordsUnsupported:
      return page(
        "Too many images are of formats that are not decoded.", reads: "the outcome of decoding",
        when: "unsupported / records > max. Without a rule any is a warning: nothing checked them.",
        remedy: "Convert them, or bound `unsupported`.")
    case .recordsOutcome:
      return page(
        "Too many images had one outcome, or too many rows could not be read.",
        reads: "the outcome of decoding; rows and sidecars that are malformed",
        when:
          "records of that outcome / records is outside the bound; rows that cannot be read count as records.",
        remedy: "See the rejects file for each record with its reason.")
    case .recordsDuplicates:
      return page(
        "Too many records have the same content.",
        reads: "SHA-256 of the default image's bytes; of the fields of a table's row, without private values",
        when: "(records - distinct contents) / records > max; from an exact index.",
        remedy:
          "Remove the copies; across splits they leak. Rows of a table that differ in private values only "
          + "need a column of their own to be told apart: `manifest: {id: ...}`.")
    case .recordsDuplicateKeys:
      return page(
        "Too many records have the same key.",
        reads: "record keys, and the paths in rows that are joined to images",
        when:
          "(records - distinct keys + rows that name the image of another row) is above the bound; from exact "
          + "indexes.",
        remedy: "Look for a member packed twice, or sources that overlap.")
    case .manifestOrphans:
      return page(
        "Images without a row, or rows without an image.", reads: "the manifest's path column, member paths",
        when: "the number of orphans, or their share of images or rows, is above the bound.",
        remedy: "Look at `strip_prefix`, and at the near-matches the report names.")
    case .featureShare:
      return page(
        "A value is too rare or too common.", reads: "the feature's categories in the profile",
        when: "records with the value / records that have the feature is outside the bound.",
        remedy: "Look for a class that a source no longer delivers.")
    case .featureMean:
      return page(
        "A feature's mean is outside its bounds.", reads: "the feature's exact sum and count in the profile",
        when: "mean < min or mean > max; only images that are ok count.", remedy: fixOrDeclare)
    case .featureQuantile:
      return page(
        "A feature's quantile is outside its bounds.", reads: "the feature's sketch in the profile",
        when: "quantile < min or quantile > max; relative error of the sketch at most 0.8 %.",
        remedy: fixOrDeclare)
    case .overlapExact:
      return page(
        "Too many current records are in the reference, byte for byte.",
        reads: "SHA-256 of the default image's bytes, or of the row of a table, on both sides",
        when: "current records whose digest a reference record has > max; 80 bits, exact index.",
        remedy: "Take them out of one side before a model is judged by it.")
    case .overlapNear:
      return page(
        "Too many current records look like one of the reference.",
        reads: "the perceptual hash of the default image, where it is ok, on both sides",
        when:
          "current records > max that have the content of a reference record, or whose hash differs from that "
          + "of one in at most `radius` of 63 bits (6 unless said). \(flat)",
        remedy: "Look at the pairs: recompressed and resized copies, or frames of one burst. Split by group.")
    case .overlapTurned:
      return page(
        "Too many current records are a reference record flipped or rotated.",
        reads: "the perceptual hashes of the default image's seven other symmetries; reference hashes",
        when: "current records > max that are near a reference record only once turned. \(flat)",
        remedy: "Look at the pairs: augmented copies belong on the side of their original.")
    case .overlapGroup:
      return page(
        "Too many current records share a group with the reference.",
        reads:
          "the field named under `overlap.groups`, on both sides; private fields by a hash the run forgets",
        when: "current records > max whose value of the field a reference record has.",
        remedy: "Split by group: all records of a patient or session on one side.")
    case .overlapNotJudged:
      return page(
        "It could not be counted what the sets share, so the rule fails.",
        reads: "the sources or the index of both sides",
        when: "a side is a profile and no index stands for it, records lack hashes or have no such field.",
        remedy: "Name the sources of both sides, or give `--reference-index FILE` (made by `--index FILE`).")
    case .driftSkew:
      return page(
        "The same records have other features in the one place than in the other.",
        reads:
          "all features, fields and measurements of the records that `compare --join key|FIELD` matched; of private "
          + "fields nothing, of images that are not ok no pixel features",
        when:
          "for some feature, matched records that disagree > max. Words, flags, texts and integers have to be "
          + "equal, and a number never equals a text; reals may differ by `tolerance` of the larger magnitude (1e-6 "
          + "unless said), numbers of a feature with a tolerance of its own by so much in its unit. A value in one "
          + "place only is a disagreement. Values that more than one record of a side has match nothing. The counts "
          + "decide; the Wilson 95 % interval says where the share lies if these records are a sample.",
        remedy:
          "Follow an example through both pipelines: decoder, resizing, colour conversion, defaults of missing "
          + "values, units. What may differ gets a tolerance or `max: 100%` under `drift.skew.features`.")
    case .driftSkewNotJudged:
      return page(
        "It was not judged whether the same records have the same features.",
        reads: "the sources of both sides of `compare --join key|FIELD`",
        when:
          "the schema has `drift.skew` with a max, and no `--join` was given, which is no failure and no pass; or it "
          + "was given and no record matched, or no matched record has a feature that has a max of its own, which "
          + "fails.",
        remedy:
          "Give `--join key`, or `--join FIELD` where keys differ; `--strip-components` and `--key-prefix` make keys "
          + "agree. To keep the rule out of other comparisons give it an environment: `in: [skew]`.")
    case .outputsClass:
      return page(
        "The model predicted a class that its contract does not have.",
        reads: "the field with the role prediction",
        when:
          "the prediction is none of `classes`, or with `from: label` none of the label's `values`; one that is missing is "
          + "not judged.",
        remedy:
          "Look for a model that was trained on other classes than those declared, or for an index in place of a name."
      )
    case .outputsRange:
      return page(
        "The model gave a number outside of what its contract allows.",
        reads: "the field with the role confidence, or the fields of `probabilities`",
        when: "the confidence is below min or above max; or a probability is below 0 or above 1.",
        remedy: "Look for logits or percentages in place of probabilities.")
    case .outputsSum:
      return page(
        "The model's probabilities do not add up.", reads: "the fields of `probabilities`",
        when:
          "some of them is missing, or |their sum - sums_to| > tolerance. A record that has none of them is not judged.",
        remedy: "Look for a class that is not delivered, or for scores before the softmax.")
    case .metricAccuracy:
      return page(
        "The model's predictions are not shown to be right often enough.",
        reads: "the fields with the roles label and prediction",
        when: "\(wilson) Records without a label are pending and count neither way.", remedy: moreOrBetter)
    case .metricConfident:
      return page(
        "The model is not confident often enough.", reads: "the field with the role confidence",
        when: "of the records with a confidence, those with at least `above`. \(wilson)",
        remedy: moreOrBetter + " A model that grew less sure often sees other images: compare them.")
    case .metricCorrectionRate:
      return page(
        "People correct the model's answers too often.", reads: "the field with the role corrected",
        when:
          "of the records where it is true or false, those where it is true. \(wilson) Where it is empty the review is "
          + "pending.", remedy: moreOrBetter)
    case .metricCalibration:
      return page(
        "The model's confidence does not say how often it is right.",
        reads: "the fields with the roles label, prediction and confidence",
        when:
          "the expected calibration error, which is the sum over ten equal bins of confidence of |right - sum of "
          + "confidence|, over the records, is above max. Not judged where chance alone would make about that much.",
        remedy: "Calibrate the confidence anew, or do not decide by it.")
    case .metricStability:
      return page(
        "The model changes its answer over changes that mean nothing.",
        reads: "the field named by `pairs`, and the field with the role prediction",
        when:
          "of the groups of two or more records with one value of `pairs`, those whose predictions are all equal. \(wilson) "
          + "A slice counts the groups among its own records.",
        remedy: "Look at groups that disagree; train with such changes.")
    case .metricGap:
      return page(
        "The model serves one slice of the data worse than another.",
        reads: "the metric's fields, and the slices",
        when:
          "the largest difference between two slices' shares, or between their calibration errors, is above max. Slices "
          + "with fewer than `min_records` are not judged; without that word, those whose 95 % interval is wider than "
          + "max count only where even the intervals are further apart than max. That of a calibration error is two "
          + "errors of chance to either side.",
        remedy: "Look at the records of the worse slice; collect more like them.")
    }
  }
}
