import AssayCore
import AssayEngine
import Foundation
import Testing

struct EditorSchemaTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Schemas").standardized
  private let validator: JSONSchemaValidator

  init() throws {
    validator = try JSONSchemaValidator(
      Data(contentsOf: EditorSchemaTests.folder.appending(path: "assay.schema.json")))
  }

  private func editorAccepts(_ text: String) throws -> Bool {
    validator.accepts(try YAMLReader.read(Array("assay: 1\n\(text)".utf8), file: "a.yaml"))
  }

  @Test(arguments: ["street-signs.yaml", "photos.yaml"])
  func editorsAcceptTheSchemasWeShip(name: String) throws {
    let data = try Data(contentsOf: EditorSchemaTests.folder.appending(path: name))
    #expect(validator.accepts(try YAMLReader.read(Array(data), file: name)))
  }

  @Test func editorsKnowEveryBuiltinFeature() throws {
    for feature in BuiltinFeature.definitions {
      #expect(try editorAccepts("images: {image: {\(feature.name): {values: [1]}}}"), "\(feature.name)")
    }
  }

  @Test func editorsAcceptWhatIsInferred() throws {
    let text = InferredSchema(from: SetForge(count: 300, seed: 8)).text
    #expect(validator.accepts(try YAMLReader.read(Array(text.utf8), file: "a.yaml")))
  }

  /// What the reader takes and what an editor takes are the same language.
  @Test(arguments: [
    "images: {image: {width: 640}}", "images: {image: {width: {min: {value: 64, severity: warn}, max: 9}}}",
    "images: {image: {brightness: {mean: {min: 0.2}, quantile: {0.95: {max: 1}}, allow: 1%}}}",
    "images: {image: {required: {allow: 5 records}, color: {value: color, severity: info}}}",
    "images: {mask: {values: [0, 1]}, image: }", "images: {image: {extension_match: false}}",
    "fields: {a: {type: string, regex: {value: x, owner: me, until: 2026-01-01}}}",
    "fields: {a: {privacy: {masked: sha1, severity: warn}}, b: {privacy: dropped}, c: }",
    "fields: {a: {type: timestamp, min: 2026-01-01T00:00:00Z}}",
    "fields: {a: {share: {x: {min: 5%, max: 3 records}}}}",
    "records: {corrupt: 0.1%, count: 3, duplicate_keys: {max: 1, severity: warn}}", "drift: off",
    "drift: {accepted: [{feature: a, comparator: c, effect: {max: 1}, until: 2026-12-31, because: b}]}",
    "drift: {references: {a: {profile: x.json}, b: {profiles: [x.json, y.json], last: 1, severity: warn}}}",
    "drift: {skew: {max: 1%, tolerance: 1e-6, features: {luma_mean: {tolerance: 0.5, max: 3 records}}, in: a}}\nenvironments: [a]",
    "drift: {alarm_on: 2 of 3}", "drift: {family_alpha: 0.05, features: {image.luma: {threshold: 0.3}}}",
    "invariants: [{id: a, assert: '1 = 1', on_null: skip}]",
    "invariants: [{id: a, use: a.b/1, bound: {x: {max: 1}}, with: {k: 1}}]",
    "slices: [{by: a, max_slices: 4}]",
    "fields: {t: }\nroles: {time: t}", "manifest: {path: p, orphans: {rows: 1%}}",
    "environments: [a]\nfields: {x: {required: true, in: a}}",
    "description: words",
    "overlap: {exact: 0, near: {max: 1%, radius: 4}, turned: {max: 0, severity: warn}, because: leaks}",
    "fields: {patient: {privacy: dropped}}\noverlap: {groups: {patient: {max: 3 records, id: p}}}",
    "fields: {p: {type: string}}\nroles: {prediction: p}\noutputs: {prediction: {classes: [a, b], allow: 1%}}",
    "fields: {p: , g: }\nroles: {prediction: p}\nmetrics: {stability: {pairs: g, agree: {min: 99%}}}",
    "fields: {a: {type: number}, v: }\noutputs: {severity: warn, probabilities: {fields: [a, v], tolerance: 0.1}}",
    "fields: {l: , p: }\nroles: {label: l, prediction: p}\nmetrics: {accuracy: {min: 0.9, severity: warn}}",
    "fields: {c: {type: number}}\nslices: [{by: a}]\nroles: {confidence: c}\n"
      + "metrics: {confident: {min: 60%, above: 0.8, by: slices, min_records: 50, gap: {max: 10%}}}",
  ])
  func whatTheReaderAcceptsEditorsAccept(text: String) throws {
    #expect(SchemaForge.issues(text) == [])
    #expect(try editorAccepts(text))
  }

  @Test(arguments: [
    "imagse: {}", "images: {image: {widht: 3}}", "images: {image: {formats: [jpg]}}",
    "images: {image: {color: gray}}",
    "images: {image: {width: {min: 3, severity: wran}}}", "images: {image: {width: {min: 3, allow: some}}}",
    "images: {image: {values: [70000]}}", "fields: {a: {type: strin}}", "fields: {a: {privacy: droped}}",
    "fields: {a: {privacy: {masked: sha512}}}", "fields: {a: {min_length: -1}}",
    "fields: {a: {required: yes}}", "fields: [a]",
    "records: {corupt: 1%}", "records: {corrupt: {max: 1%, allow: 1%}}", "invariants: [{assert: '1 = 1'}]",
    "invariants: [{id: a}]",
    "invariants: [{id: a, use: watermark}]", "slices: [{name: a}]", "slices: [{where: '1 = 1'}]",
    "roles: {lable: x}", "outputs: {prediction: {from: labels}}", "outputs: {probabilities: {sums_to: 1}}",
    "metrics: {acuracy: {min: 1%}}", "metrics: {confident: {min: 60%}}",
    "metrics: {calibration: {min: 1%}}", "metrics: {stability: {pairs: a}}",
    "metrics: {accuracy: {by: camera}}",
    "drift: {accepted: [{feature: a, comparator: c, effect: {max: 1}, because: b}]}",
    "drift: {accepted: [{feature: a, comparator: c, effect: {}, until: 2026-12-31, because: b}]}",
    "drift: {references: {a: {severity: warn}}}", "drift: {references: {a: {profile: x, severity: info}}}",
    "drift: {references: {a: {profiles: [x], last: 0}}}", "drift: {references: {a: {profil: x}}}",
    "drift: {skew: {mx: 1%}}", "drift: {skew: {tolerance: -1}}", "drift: {skew: {max: some}}",
    "drift: {skew: {features: {luma_mean: {tolerence: 1}}}}",
    "drift: {alarm_on: 2 in 3}", "drift: {family_alpha: 2}", "drift: atuo",
    "images: {image: {width: {until: tomorrow, min: 1}}}",
    "manifest: {orphans: {files: 1}}", "images: {image: {metadata: {gps: no}}}",
    "overlap: {exact: some}", "overlap: {near: {radius: 3}}", "overlap: {near: {max: 0, radius: 12}}",
    "overlap: {exact: {max: 0, radius: 3}}", "overlap: {groups: [a]}", "overlap: {nears: 0}",
  ])
  func whatTheReaderRefusesEditorsRefuse(text: String) throws {
    #expect(SchemaForge.issues(text) != [])
    #expect(try !editorAccepts(text))
  }
}
