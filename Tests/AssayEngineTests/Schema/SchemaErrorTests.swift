import AssayCore
import AssayEngine
import AssayTestSupport
import Testing

struct SchemaErrorTests {
  @Test(arguments: [
    (
      "images:\n  image:\n    widht: 3",
      "main.yaml:4:5: unknown key \"widht\" in images.image; expected one of: ", "did you mean \"width\"?"
    ),
    ("imagse: {}", "main.yaml:2:1: unknown key \"imagse\"; expected one of: ", "did you mean \"images\"?"),
    (
      "fields: {a: {typ: string}}", "main.yaml:2:14: unknown key \"typ\" in fields.a",
      "did you mean \"type\"?"
    ),
    (
      "fields: {a: {type: strin}}", "main.yaml:2:20: one of string, integer",
      "\"strin\" found; did you mean \"string\"?"
    ),
    ("images: {image: {formats: [jpg]}}", "main.yaml:2:27: unknown format \"jpg\"", "did you mean \"jpeg\"?"),
    ("images: {image: {width: {min: wide}}}", "main.yaml:2:31: a number is expected", "\"wide\" found"),
    ("images: {image: {width: {min: 3, max: 2}}}", "main.yaml:2:26: min 3 is greater than max 2", ""),
    ("images: {image: {color: gray}}", "main.yaml:2:25: one of grayscale", "\"gray\" found"),
    (
      "images: {image: {width: {min: 3, severity: wran}}}", "main.yaml:2:44: one of info, warn, error",
      "did you mean \"warn\"?"
    ),
    (
      "images: {image: {width: {min: 3, allow: some}}}", "main.yaml:2:41: a share such as 0.1%",
      "\"some\" found"
    ),
    ("images: {image: {format: {min: 3}}}", "main.yaml:2:32: min is for numbers", "type: integer"),
    (
      "images: {mask: {same_size_as: imgae}, image: {}}", "main.yaml:2:31: another image",
      "did you mean \"image\"?"
    ),
    ("images: {image: {values: [256000]}}", "main.yaml:2:26: sample values from 0 to 65535", ""),
    ("images: {a.b: {}}", "main.yaml:2:10: an image must not be named", ""),
    (
      "fields: {a: {equals: image.widht}}", "main.yaml:2:22: unknown name \"image.widht\"",
      "did you mean \"image.width\"?"
    ),
    (
      "slices:" + (0..<33).map { "\n- {name: s\($0), where: 'image.width > \($0)'}" }.joined(),
      "main.yaml:35:3: a profile keeps at most 32 slices; this is number 33 of 33", "divide the schema"
    ),
    (
      "fields: {patient_id: {}}\noverlap: {groups: {patent_id: 0}}",
      "main.yaml:3:20: unknown name \"patent_id\"", "did you mean \"patient_id\"?"
    ),
    ("overlap: {groups: {image.width: 0}}", "main.yaml:2:20: a field is expected in overlap.groups", ""),
    ("overlap: {near: {radius: 3}}", "main.yaml:2:11: max is expected in overlap.near", ""),
    ("fields: {a: {regex: '('}}", "main.yaml:2:14: no regular expression (RE2)", ""),
    ("fields: {a: {type: integer, values: [1, two]}}", "main.yaml:2:29: number expected", "\"two\""),
    (
      "fields: {a: {privacy: droped}}", "main.yaml:2:23: dropped, no_pii or {masked: sha256} is expected",
      "did you mean \"dropped\"?"
    ),
    (
      "fields: {a: {privacy: {masked: sha512}}}", "main.yaml:2:32: one of md5, sha1, sha256",
      "\"sha512\" found"
    ),
    (
      "fields: {a: {privacy: dropped, unique: true}}", "main.yaml:2:32: fields.a.unique: an index would keep",
      ""
    ),
    ("fields: {a: {privacy: dropped, values: [x]}}", "main.yaml:2:13: fields.a is private", ""),
    ("fields: {a: {min_length: -1}}", "main.yaml:2:26: a whole number from 0", ""),
    ("fields: {a: {required: yes}}", "main.yaml:2:24: true or false is expected", "\"yes\" found"),
    ("fields: [a]", "main.yaml:2:9: a mapping is expected in fields", "a list found"),
    (
      "records: {corupt: 1%}", "main.yaml:2:11: unknown key \"corupt\" in records",
      "did you mean \"corrupt\"?"
    ),
    (
      "records: {corrupt: {max: 1%, allow: 1%}}", "main.yaml:2:30: unknown key \"allow\" in records.corrupt",
      ""
    ),
    ("records: {corrupt: {}}", "main.yaml:2:11: min or max is expected in records.corrupt", ""),
    ("invariants: [{assert: '1 = 1'}]", "main.yaml:2:14: an invariant needs an id", ""),
    ("invariants: [{id: a}]", "main.yaml:2:14: an invariant has either assert or use", ""),
    (
      "invariants: [{id: a, use: watermark}]",
      "main.yaml:2:27: a plugin is named reverse.domain.name/revision", ""
    ),
    (
      "invariants: [{id: a, assert: \"image.widht > 1\"}]", "main.yaml:2:31: unknown name \"image.widht\"",
      "image.width"
    ),
    ("invariants: [{id: a, assert: 1 < 2 AND widht > 1}]", "main.yaml:2:40: unknown name \"widht\"", "width"),
    ("slices: [{name: a}]", "main.yaml:2:10: a slice has either `where` or `by`", ""),
    ("slices: [{where: '1 = 1'}]", "main.yaml:2:10: a slice by `where` needs a name", ""),
    ("slices: [{by: a}, {by: a}]", "main.yaml:2:19: another slice is named \"a\"", ""),
    (
      "fields: {u: {privacy: dropped}}\nslices: [{by: u}]",
      "main.yaml:3:15: a slice must not depend on field.u", ""
    ),
    (
      "fields: {u: {privacy: dropped}}\nmanifest: {id: u}",
      "main.yaml:3:16: field.u is private: it cannot be", ""
    ),
    ("roles: {lable: x}", "main.yaml:2:9: unknown key \"lable\" in roles", "did you mean \"label\"?"),
    ("roles: {label: image.width}", "main.yaml:2:16: a field is expected for the role label", ""),
    ("roles: {label: lable}", "main.yaml:2:16: unknown name \"lable\"", "a declared field"),
    (
      "fields: {u: {privacy: dropped}}\nroles: {group: u}",
      "main.yaml:3:16: field.u is private: nothing can be counted of it for the role group", ""
    ),
    (
      "fields: {c: {type: string}}\nroles: {confidence: c}",
      "main.yaml:3:21: field.c has the role confidence",
      "type: number"
    ),
    (
      "fields: {a: }\nroles: {label: a, prediction: a}", "main.yaml:3:31: field.a has the role label already",
      ""
    ),
    (
      "fields: {a: }\nroles: {label: a}\nmetrics: {accuracy: {min: 90%}}",
      "main.yaml:4:11: metrics.accuracy needs a field for prediction in `roles`", ""
    ),
    (
      "fields: {c: {type: number}}\nroles: {confidence: c}\nmetrics: {confident: {min: 90%}}",
      "main.yaml:4:11: the key \"above\" is missing", ""
    ),
    (
      "fields: {c: {type: boolean}}\nroles: {corrected: c}\nmetrics: {correction_rate: {max: 0%}}",
      "main.yaml:4:34: no number of records can show at most 0%", "such as 0.1%"
    ),
    (
      "fields: {c: {type: boolean}}\nroles: {corrected: c}\nmetrics: {correction_rate: {max: 2%, by: slices}}",
      "main.yaml:4:11: metrics.correction_rate is by slices, and no `slices` are declared", ""
    ),
    (
      "fields: {p: }\nroles: {prediction: p}\nmetrics: {stability: {pairs: image.width, agree: {min: 99%}}}",
      "main.yaml:4:30: a field that is not private is expected, image.width found", ""
    ),
    (
      "outputs: {prediction: {classes: [a]}}",
      "main.yaml:2:11: outputs.prediction needs a field for prediction",
      ""
    ),
    (
      "fields: {l: , p: }\nroles: {label: l, prediction: p}\noutputs: {prediction: {from: label}}",
      "main.yaml:4:30: from: label needs `values` in fields.l", ""
    ),
    (
      "fields: {a: {type: string}}\noutputs: {probabilities: {fields: [a]}}",
      "main.yaml:3:36: field.a is a probability", "type: number"
    ),
    (
      "outputs: {probabilities: {fields: [a]}}", "main.yaml:2:36: unknown name \"a\"", "a declared field"
    ),
    (
      "drift: {alarm_on: 4 of 3}",
      "main.yaml:2:19: alarm_on: expected how many of how many sets in a row, such as 2 of 3, found \"4 of 3\"",
      ""
    ), ("drift: {family_alpha: 2}", "main.yaml:2:23: family_alpha lies between 0 and 1", ""),
    (
      "drift: {accepted: [{feature: a, comparator: c, effect: {max: 1}, because: b}]}",
      "main.yaml:2:20: the key \"until\" is missing in drift.accepted", ""
    ),
    (
      "drift: {references: {day: {profile: x}}, accepted: [{reference: dya}]}",
      "main.yaml:2:65: unknown reference \"dya\"", "did you mean \"day\"?"
    ),
    (
      "fields: {a: {privacy: dropped}}\ndrift: {skew: {features: {a: {max: 0}}}}",
      "main.yaml:3:27: field.a is private: no comparison looks at its values", ""
    ), ("drift: {skew: {tolerance: -1}}", "main.yaml:2:27: a tolerance is a number that is not negative", ""),
    ("drift: atuo", "main.yaml:2:8: one of auto, off", "did you mean \"auto\"?"),
    ("a: 1\na: 2", "main.yaml:", "duplicate key \"a\""),
    ("images: [", "main.yaml:3:1: no YAML", ""),
    ("images: {image: {width: {until: tomorrow, min: 1}}}", "main.yaml:2:33: a day such as", ""),
    (
      "environments: [a]\nimages: {image: {width: {min: 1, in: [b]}}}",
      "main.yaml:3:38: unknown environment \"b\"", ""
    ),
    (
      "images: {image: {width: {min: 1, id: x}, height: {min: 1, id: x}}}",
      "main.yaml:2:51: the id \"x\" is taken", "main.yaml:2:26"
    ),
    (
      "images: {image: {members: [a.png]}}", "main.yaml:2:27: `members` is for further images",
      "leaves files out)"
    ),
    (
      "images: {mask: {members: [a/*.png]}}", "main.yaml:2:26: `members` is for further images",
      "declare an image named \"image\" beside it"
    ),
    (
      "images: {image: {}, mask: {members: [\"masks/*.png\", \"**/masks/*.png\"]}}",
      "main.yaml:2:53: a pattern with one `*`", "masks/*.png, *_mask.png or *.mask.png"
    ),
    ("images: {image: {}, mask: {members: \"*/masks/*.png\"}}", "main.yaml:2:37: a pattern with one `*`", ""),
    ("images: {image: {}, mask: {members: \"a/?/*.png\"}}", "main.yaml:2:37: a pattern with one `*`", ""),
    ("images: {image: {}, mask: {members: \"a*/b.png\"}}", "main.yaml:2:37: a pattern with one `*`", ""),
    ("images: {image: {}, mask: {members: \"masks/a.png\"}}", "main.yaml:2:37: a pattern with one `*`", ""),
    ("images: {image: {}, mask: {members: \"./masks/*.png\"}}", "main.yaml:2:37: a pattern with one `*`", ""),
    ("extends: base.yaml", "main.yaml:2:10: cannot read base.yaml", ""),
  ])
  func everyErrorHasItsPlaceAndWhatWasExpected(text: String, start: String, end: String) throws {
    let issue = try #require(SchemaForge.issues(text).first)
    #expect(issue.hasPrefix(start) && issue.contains(end))
  }

  @Test func everyErrorOfAFileIsReported() {
    let issues = SchemaForge.issues("imagse: {}\nfields: {a: {typ: x, required: 1}}\nrecords: {corrupt: x}")
    #expect(issues.count == 4)
  }

  @Test func aFileThatIsTooLongIsRefusedWithTheLimit() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      [UInt8](repeating: UInt8(ascii: "#"), count: YAMLReader.byteLimit + 1), to: "schema.yaml")
    #expect { try SchemaFile(path: path) } throws: {
      "\($0)".contains("schema.yaml: it is longer than 1048576 bytes, the most that are read")
    }
  }

  @Test func aFileThatIsNotThereIsSaidToBeSo() {
    #expect { try SchemaFile(path: "/nowhere/a.yaml") } throws: {
      "\($0)".contains("cannot read /nowhere/a.yaml: No such file or directory")
    }
  }

  @Test func theVersionMustBeKnown() {
    let read: (String) -> [UInt8]? = { _ in Array("assay: 2".utf8) }
    #expect { try SchemaFile(path: "a.yaml", read: read) } throws: {
      "\($0)".hasPrefix("a.yaml:1:8: the version")
    }
  }

  @Test(arguments: [
    "\u{0}", "\t", "- a", "a", "{a: 1, b}", "? {a: 1}\n: 2", "*x", "&a [*a]", "!!binary x", "%YAML 3\n---",
    "a: &x 1\nb: *x",
    "---\na: 1\n---\nb: 2", "assay: 1\nimages: {<<: {image: {}}}", "'", "\"\\x\"", "assay: [1]",
    "\u{FEFF}assay: 1\nx: 2",
  ])
  func oddFilesAreErrorsAndNeverCrashes(text: String) {
    #expect(throws: SchemaError.self) { try SchemaFile(path: "a.yaml") { _ in Array(text.utf8) } }
  }

  @Test func bytesThatAreNoTextAreAnError() {
    #expect(throws: SchemaError.self) { try SchemaFile(path: "a.yaml") { _ in [0x61, 0xFF, 0xFE] } }
  }

  @Test func aHugeFileIsRefused() {
    let bytes = [UInt8](repeating: 0x23, count: YAMLReader.byteLimit + 1)
    #expect(throws: SchemaError.self) { try SchemaFile(path: "a.yaml") { _ in bytes } }
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func deepNestingIsRefused(opening: String) {
    let text = String(repeating: opening, count: 50_000)
    #expect(throws: SchemaError.self) { try SchemaFile(path: "a.yaml") { _ in Array(text.utf8) } }
  }

  @Test func aliasesThatGrowAreRefused() {
    var text = "assay: 1\nx0: &x0 [a, a, a, a, a, a, a, a, a, a]\n"
    for level in 1..<12 {
      let aliases = Array(repeating: "*x\(level - 1)", count: 10).joined(separator: ", ")
      text += "x\(level): &x\(level) [\(aliases)]\n"
    }
    #expect { try SchemaFile(path: "a.yaml") { _ in Array(text.utf8) } } throws: {
      "\($0)".contains("aliases")
    }
  }

  @Test func anAliasMayRepeatABlock() throws {
    let schema = try SchemaForge.schema("images: {image: {width: &size {min: 3}, height: *size}}")
    #expect(schema.recordRules.map(\.id) == ["images.image.width", "images.image.height"])
  }
}
