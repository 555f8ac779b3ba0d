/// What reading the sources says without any rule: the stable codes of findings that have no rule.
///
/// A sidecar whose bytes cannot be had has the `ReasonCode` that says why.
package enum ReadingCode: String, Sendable, Hashable, CaseIterable {
  case duplicateKey = "record.duplicate-key"
  case splitKey = "record.split-key"
  case duplicateMember = "record.duplicate-member"
  case nearMatch = "manifest.near-match"
  case pathColumn = "manifest.path-column"
  case repeatedRow = "manifest.repeated-row"
  case malformedRow = "row.malformed"
  case malformedSidecar = "sidecar.malformed"
  case undeclaredField = "field.undeclared"
}

extension ReadingCode: ExplainedCode {
  /// The page of the code: what it means, what is read, when it is found, what to do.
  package var explanation: CodeExplanation {
    switch self {
    case .duplicateKey:
      CodeExplanation(
        meaning: "A record has the key of an earlier one.", reads: "record keys, from an exact index",
        condition: "the key was seen before in the run, in this source or another; both records count. "
          + "A warning; `records.duplicate_keys` bounds their number.",
        remedy:
          "Look for a member packed twice, or give each source a prefix: SOURCE::PREFIX. Rows of a table "
          + "without `manifest: {id: ...}` have one key if they differ in nothing but private values.")
    case .splitKey:
      CodeExplanation(
        meaning: "A sidecar or a second image is not beside its image in the container.",
        reads: "member paths, in their order",
        condition:
          "a sidecar, or an image such as a.mask.png, stands alone, and an image of its key is in the same "
          + "container. The record lacks the sidecar's fields, and a mask is a record of its own: members of one "
          + "key have to follow each other. A warning.",
        remedy: "Pack the container again with its members sorted by path (`tar --sort=name`), or unpack it.")
    case .duplicateMember:
      CodeExplanation(
        meaning: "A container has two members of one path.", reads: "member paths, from an exact index",
        condition:
          "the path came before in the container, and the keys do not tell: one copy of an image has "
          + "a sidecar beside it and the other has none, or a sidecar or a mask is there twice. A warning; equal "
          + "keys are `record.duplicate-key`.",
        remedy: "Pack the container anew: an archive that was appended to keeps the old copies.")
    case .nearMatch:
      CodeExplanation(
        meaning: "A row's path and an image's are nearly the same.",
        reads: "the manifest's path column, member paths",
        condition: "two orphans are equal but for case, backslashes, percent-encoding or the Unicode form.",
        remedy: "Correct the manifest: such paths join on some systems and not on others.")
    case .pathColumn:
      CodeExplanation(
        meaning: "A manifest's column of paths was recognised by a name in other letters.",
        reads: "the manifest's header",
        condition: "no column is called path, file_name, filename, image or file, and one is but for case "
          + "(`PATH`, `File_Name`). A remark, no warning.",
        remedy:
          "Name the column in the schema (`manifest: {path: ...}`), or use --table if it holds no paths.")
    case .repeatedRow:
      CodeExplanation(
        meaning: "Several rows of manifests name one image.",
        reads: "the manifests' path columns, the rows' bytes",
        condition:
          "a row's path is that of another row, in this manifest or another. Rows that are the same, column "
          + "for column and byte for byte, count as one; of rows that differ none is used, because nothing says which is "
          + "right: the image is a record without their fields. A warning; `records.duplicate_keys` bounds their number.",
        remedy:
          "Keep one row for each image. Join manifests with different columns to one before the run; a row for each "
          + "object in an image is a table of its own (`--table`).")
    case .malformedRow:
      CodeExplanation(
        meaning: "A row of a manifest cannot be read.", reads: "the row's bytes",
        condition: "a CSV row has not as many cells as the header, a JSON line is no object, or the bytes "
          + "are not UTF-8. The record is rejected; beside images the row is counted, with its number, and joined to "
          + "none. `records.malformed` bounds them.",
        remedy: "See the locator's row: an unquoted separator or line break in a cell is common.")
    case .malformedSidecar:
      CodeExplanation(
        meaning: "A file of metadata beside an image cannot be read.", reads: "the sidecar's bytes",
        condition: "a .json sidecar is no JSON object, or is nested or long beyond the limits, or any is "
          + "not UTF-8. The record is rejected.",
        remedy: "Write the file again; a writer that stopped early leaves half a file.")
    case .undeclaredField:
      CodeExplanation(
        meaning: "A column that the schema does not declare.",
        reads: "the names of fields in rows and sidecars",
        condition:
          "the schema has `fields`, and a record has one that is not among them. Counted by column, a remark and "
          + "never a failure; `folder`, and `label` where it is the folder, are no columns.",
        remedy:
          "Declare the field, so that its values are checked and what is private in it is kept back; or take the "
          + "column out.")
    }
  }
}
