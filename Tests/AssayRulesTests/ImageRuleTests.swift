import AssayCore
import AssayRules
import Testing

struct ImageRuleTests {
  private func outcome(_ rule: RecordRule, _ images: [ImageObservation]) throws -> RecordJudgement {
    try RecordForge.checker([rule], images: ["image", "mask"]).check(RecordForge.record(images: images))
  }

  private func state(_ check: RecordCheck, _ feature: BuiltinFeature, _ image: ImageObservation) throws
    -> RuleState
  {
    try outcome(RecordForge.rule(.image("image", feature), check), [image]).ruleStates[0]
  }

  private func imageRule(_ check: RecordCheck, _ image: String = "image") -> RecordRule {
    RecordRule(id: "rule", subject: .image(image), check: check, position: RecordForge.position)
  }

  @Test(arguments: [(Int64(640), RuleState.passed), (641, .violated)])
  func boundsHoldForFeatures(width: Int64, expected: RuleState) throws {
    let image = RecordForge.image([.width: .integer(width)])
    #expect(try state(.range(Bounds(min: 1, max: 640)), .width, image) == expected)
  }

  @Test func headerFactsAreJudgedOfBrokenImages() throws {
    let image = RecordForge.image(outcome: .undecodable)
    #expect(try state(.range(Bounds(max: 10)), .width, image) == .violated)
  }

  @Test func pixelFactsAreNotJudgedOfBrokenImages() throws {
    let image = RecordForge.image(outcome: .damaged)
    #expect(try state(.range(Bounds(max: 0.1)), .brightness, image) == .notApplicable)
  }

  @Test(arguments: [
    (ColorDemand.grayscale, true, true, RuleState.passed), (.grayscale, false, true, .violated),
    (.nearGrayscale, false, true, .passed), (.nearGrayscale, false, false, .violated),
    (.color, false, true, .passed), (.color, true, true, .violated),
  ])
  func colorIsMeasuredFromPixels(demand: ColorDemand, exact: Bool, near: Bool, expected: RuleState) throws {
    let image = RecordForge.image([.grayExact: .boolean(exact), .nearGray: .boolean(near)])
    #expect(try outcome(imageRule(.color(demand)), [image]).ruleStates[0] == expected)
  }

  @Test(arguments: [
    ("jpg", "jpeg", RuleState.passed), ("jpg", "png", .violated), ("jfif", "jpeg", .passed),
    ("dat", "png", .notApplicable),
    ("tif", "tiff", .passed), ("png", "jpeg", .violated), ("heif", "avif", .passed),
  ])
  func anExtensionMustNotLie(name: String, format: String, expected: RuleState) throws {
    let image = RecordForge.image([.fileExtension: .text(name), .format: .text(format)])
    #expect(try state(.extensionMatch, .fileExtension, image) == expected)
  }

  @Test func aMissingImageIsFound() throws {
    let judgement = try outcome(imageRule(.imagePresent, "mask"), [RecordForge.image()])
    #expect(judgement.findings.map(\.code) == ["image.missing"])
  }

  @Test func imagesOfOneRecordAreComparedInSize() throws {
    let rule = imageRule(.sameSize(as: "image"), "mask")
    let mask = RecordForge.image("mask", [.width: .integer(641)])
    #expect(try outcome(rule, [RecordForge.image(), RecordForge.image("mask")]).ruleStates[0] == .passed)
    #expect(
      try outcome(rule, [RecordForge.image(), mask]).findings.map(\.found) == ["641x480, image is 640x480"])
  }

  @Test func maskValuesOutsideTheListAreNamed() throws {
    let mask = RecordForge.image("mask", sampleValues: [0, 1, 7, 255])
    let judgement = try outcome(imageRule(.sampleValues([0, 1, 255]), "mask"), [RecordForge.image(), mask])
    #expect(judgement.findings.map(\.found) == ["7"])
  }

  @Test func maskValuesThatNobodyCollectedAreNotEvaluated() throws {
    let judgement = try outcome(imageRule(.sampleValues([0])), [RecordForge.image()])
    #expect(judgement.ruleStates[0] == .notEvaluated)
  }

  @Test func forbiddenPositionsAreFound() throws {
    let image = RecordForge.image([.gps: .boolean(true)])
    let judgement = try outcome(RecordForge.rule(.image("image", .gps), .flag(false)), [image])
    #expect(judgement.findings.map(\.code) == ["image.metadata"])
  }

  @Test func slicesAreNamedByExpressionAndValue() throws {
    let position = RecordForge.position
    let checker = try RecordForge.checker(
      [],
      slices: [
        SliceDeclaration(
          name: "night", membership: .condition(SQLText("brightness < 0.6", position: position)),
          position: position),
        SliceDeclaration(
          name: "day", membership: .condition(SQLText("brightness >= 0.6", position: position)),
          position: position),
        SliceDeclaration(name: "camera_id", membership: .value(of: .field("camera_id")), position: position),
      ])
    let record = RecordForge.record(fields: ["camera_id": .text("A7")])
    #expect(checker.check(record).slices == ["night", "camera_id=A7"])
  }

  @Test func aSliceMustNotReadAPrivateField() {
    let position = RecordForge.position
    let slice = SliceDeclaration(
      name: "bobs", membership: .condition(SQLText("user = 'bob'", position: position)), position: position)
    #expect(throws: SchemaError.self) { try RecordForge.checker([], slices: [slice]) }
  }
}
