import AssayCore
import AssayRules
import Testing

struct PrivacyTests {
  private static let sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  private static let sha1 = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"
  private static let md5 = "098f6bcd4621d373cade4e832627b4f6"

  @Test(arguments: [
    (sha256, MaskShape.digest(.sha256)), (sha256.uppercased(), .digest(.sha256)), (sha1, .digest(.sha1)),
    (md5, .digest(.md5)), ("n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=", .digest(.sha256)),
    ("n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg=", .digest(.sha256)),
    ("qUqP5cyxm6YcTAhz05Hph5gvu9M=", .digest(.sha1)),
    ("CY9rzUYh03PK3k6DJie09g==", .digest(.md5)), ("bob", .clear), ("christopherwilliamsonn", .clear),
    (String(sha256.dropLast()), .clear), (sha256 + "0", .clear), ("g" + sha256.dropFirst(), .clear),
    ("", .clear),
  ])
  func masksAreToldByTheirShape(text: String, expected: MaskShape) {
    #expect(MaskShape(of: text) == expected)
  }

  @Test(arguments: [
    (Value.text(sha256), [String]()), (.text(md5), ["privacy.wrong-mask"]),
    (.text("bob"), ["privacy.clear-text"]),
    (.integer(12345), ["privacy.clear-text"]), (.missing, []),
  ])
  func aMaskedFieldHoldsItsDigest(value: Value, codes: [String]) throws {
    let judgement = try RecordForge.judgement(of: .masked(.sha256), privacy: .masked(.sha256), value)
    #expect(judgement.findings.map(\.code) == codes)
  }

  @Test(arguments: [
    (Value.text("bob"), RuleState.violated), (.missing, .passed), (.text(""), .passed),
    (.integer(0), .violated),
  ])
  func aDroppedFieldHasNoValue(value: Value, expected: RuleState) throws {
    #expect(try RecordForge.state(of: .dropped, privacy: .dropped, value) == expected)
  }

  @Test(arguments: [FieldPrivacy.dropped, .masked(.sha256), .masked(.md5), .noPersonalData])
  func aPrivateValueIsInNothingThatLeaves(privacy: FieldPrivacy) throws {
    let secret = "bob.secret@example.org"
    let field = FieldDeclaration(name: "f", type: .string, privacy: privacy)
    let checks: [RecordCheck] = [
      .dropped, .masked(.sha256), .noPersonalData, .type(.integer), .oneOf(["a"]), .length(Bounds(max: 1)),
      .pattern("[a-z]"), .equals(.image("image", .width)), .checksum(.md5), .unique,
      .assert(SQLText("f = 'x'", position: RecordForge.position)),
      .assert(SQLText("f || NULLIF('a', 'a') = 'x'", position: RecordForge.position)),
    ]
    let rules = checks.map { RecordForge.rule(.field("f"), $0) }
    let record = RecordForge.record(fields: ["f": .text(secret)], checksums: [.md5: "00"])
    let slice = SliceDeclaration(
      name: "f", membership: .value(of: .field("f")), position: RecordForge.position)
    let judgement = try RecordForge.checker(rules, fields: [field], slices: [slice]).check(record)
    #expect(!String(describing: judgement).contains("secret"))
    #expect(judgement.uniqueKeys.isEmpty)
    #expect(judgement.fields.map(\.value) == [.missing])
    #expect(judgement.fields.first?.privacy?.maskKind == "clear")
  }

  @Test(arguments: [FieldPrivacy.dropped, .masked(.sha256), .noPersonalData])
  func anObjectInPlaceOfAPrivateValueIsPrivate(privacy: FieldPrivacy) throws {
    let field = FieldDeclaration(name: "f", type: .string, privacy: privacy)
    let check: RecordCheck =
      switch privacy {
      case .dropped: .dropped
      case .masked(let algorithm): .masked(algorithm)
      default: .noPersonalData
      }
    let members: [String: Value] = [
      "f.mail": .text("bob.secret@example.org"), "f.name.first": .text("secret"),
    ]
    let slice = SliceDeclaration(
      name: "f", membership: .value(of: .field("f.mail")), position: RecordForge.position)
    let judgement = try RecordForge.checker(
      [RecordForge.rule(.field("f"), check)], fields: [field], slices: [slice]
    ).check(RecordForge.record(fields: members, typed: true))
    #expect(!String(describing: judgement).contains("secret"))
    #expect(judgement.ruleStates[0] == .violated)
    #expect(judgement.fields.allSatisfy { $0.privacy != nil })
  }

  @Test func aValueWithoutPersonalDataStays() throws {
    let judgement = try RecordForge.judgement(of: .noPersonalData, privacy: .noPersonalData, .text("a sign"))
    #expect(judgement.fields.map(\.value) == [.text("a sign")])
  }

  @Test(arguments: [
    ("write to bob@example.org now", PersonalDataKind.email), ("BOB.O'NEIL+x@mail.example.co.uk", .email),
    ("jörg@müller.de", .email), ("<a@b.io>", .email), ("call +49 30 1234567", .phone),
    ("+1 (212) 555-0123", .phone),
    ("(212) 555-0123", .phone), ("tel:212-555-0123.", .phone), ("212.555.0123", .phone),
    ("01 23 45 67 89", .phone),
    ("0171 2345678", .phone), ("030/12345678", .phone), ("020 7946 0123", .phone),
    ("+33-1-23-45-67-89", .phone),
    ("4111 1111 1111 1111", .card), ("card 4111111111111111.", .card), ("5555-5555-5555-4444", .card),
    ("378282246310005", .card), ("3782 822463 10005", .card), ("6011111111111117", .card),
    ("30569309025904", .card),
  ])
  func personalDataIsFound(text: String, expected: PersonalDataKind) throws {
    #expect(try PersonalDataDetector().kinds(in: text) == [expected])
  }

  @Test(arguments: [
    "a sign at night", "icon@2x.png", "user@localhost", "@mention", "2026-11-21T01:54:55Z",
    "2026-11-21 01:54:55.123456",
    "1700000000", "1700000000123", sha256, sha1, md5, "550e8400-e29b-41d4-a716-446655440000",
    "IMG_20261121_015455.jpg",
    "192.168.100.200", "0.4111111111111111", "4111111111111112", "1234567812345678", "0000000000000000",
    "411111111111111", "v1.2.3-4567", "345 678 1024", "12 45 640 480", "978-3-16-148410-0",
    "4111-1111-11111111",
    "id-4111111111111111", "x4111111111111111", "48.8566, 2.3522", "+48.856613", "2026-03-01", "000123456789",
    "3.14159265358979323846", "#4111111111111111", "1e+1234567890", "10000000000000000", "555-0123", "",
  ])
  func whatOnlyLooksLikePersonalDataIsNot(text: String) throws {
    #expect(try PersonalDataDetector().kinds(in: text) == [])
  }

  @Test func aTextMayHoldSeveralKinds() throws {
    let kinds = try PersonalDataDetector().kinds(in: "bob@example.org, +49 30 1234567, 4111 1111 1111 1111")
    #expect(kinds == [.email, .phone, .card])
  }

  @Test func aRealNumberBehindAFalseOneIsFound() throws {
    #expect(try PersonalDataDetector().kinds(in: "4111111111111112 then 4111111111111111") == [.card])
  }
}
