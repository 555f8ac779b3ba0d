import AssayPluginKit
import CAssayPlugin
import Testing

/// Gives the width of the first image and the field `label`, or refuses.
private struct Echo: Measurement {
  static let id = "com.example.echo/1"
  static let title = "echo"
  static let summary = "What it was given."
  static let needs: RecordNeeds = [.fields]
  static let outputs = [Output("width", .integer), Output("label", .text)]
  static let parameters = [Parameter("values", "how many values it gives", in: 0...9, standard: 2)]

  private let count: Int

  init(parameters: [Double]) throws {
    if parameters[0] == 9 { throw Refusal.badParameter("values: 9 is too many") }
    count = Int(parameters[0])
  }

  func measure(_ record: Record) throws -> [FieldValue] {
    let values = [FieldValue.integer(Int64(record.images[0].width)), record.fields["label"] ?? .missing]
    return Array(values.prefix(count))
  }
}

@Suite("A measurement called over the C interface", .serialized)
struct RecordPluginTests {
  /// The descriptor's table, as an engine sees it. Every test exports the same plugins, so that none sees another's.
  private let table: assay_record_plugin_t

  init() throws {
    var count = 0
    let exported = try #require(PluginLibrary.export([Echo.self], &count))
    let descriptors = exported.assumingMemoryBound(to: UnsafePointer<assay_plugin_t>?.self)
    table = try #require(descriptors[0]?.pointee.record_plugin).pointee
  }

  /// The status and the outputs of one call on an image 640 wide with that label.
  private func measure(label: String, values: Double = 2, room: Int = 64) throws -> (
    status: Int, message: String, outputs: [assay_value_t], text: String
  ) {
    var parameters = [values]
    var state: UnsafeMutableRawPointer?
    var room = [CChar](repeating: 0, count: room)
    var said = [CChar](repeating: 0, count: 128)
    var outputs = [assay_value_t](repeating: assay_value_t(), count: 2)
    var status = assay_status_t(0)
    var length = 0
    said.withUnsafeMutableBufferPointer { said in
      var message = assay_message_t(bytes: said.baseAddress, capacity: said.count, length: 0)
      status = table.create(&parameters, &state, &message)
      if Int(status) == ASSAY_STATUS_OK {
        status = call(state, label, &outputs, &room, &message)
        table.destroy(state)
      }
      length = message.length
    }
    let text = String(decoding: room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let message = String(decoding: said[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return (Int(status), message, outputs, text)
  }

  private func call(
    _ state: UnsafeMutableRawPointer?, _ label: String, _ outputs: inout [assay_value_t],
    _ room: inout [CChar],
    _ message: inout assay_message_t
  ) -> assay_status_t {
    let (name, label) = ("label".utf8.map(CChar.init(bitPattern:)), label.utf8.map(CChar.init(bitPattern:)))
    return name.withUnsafeBufferPointer { name in
      label.withUnsafeBufferPointer { label in
        outputs.withUnsafeMutableBufferPointer { outputs in
          room.withUnsafeMutableBufferPointer { room in
            var image = assay_image_t()
            (image.width, image.height, image.channels, image.sample_bytes) = (640, 480, 3, 1)
            var field = assay_value_t()
            field.name = assay_text_t(bytes: name.baseAddress, length: name.count)
            field.kind = assay_value_kind_t(ASSAY_VALUE_TEXT)
            field.text = assay_text_t(bytes: label.baseAddress, length: label.count)
            var slots = assay_outputs_t(
              struct_size: MemoryLayout<assay_outputs_t>.size, output_count: outputs.count,
              outputs: outputs.baseAddress, text_room: room.baseAddress, text_capacity: room.count,
              text_used: 0)
            return withUnsafePointer(to: &image) { image in
              withUnsafePointer(to: &field) { field in
                var record = assay_record_t(
                  struct_size: MemoryLayout<assay_record_t>.size, image_count: 1, images: image,
                  field_count: 1,
                  fields: field, feature_count: 0, features: nil)
                return table.measure(state, nil, &record, &slots, &message)
              }
            }
          }
        }
      }
    }
  }

  @Test func valuesComeOutInTheirKinds() throws {
    let answer = try measure(label: "stop")
    #expect(answer.status == ASSAY_STATUS_OK)
    #expect(answer.outputs.map { Int($0.kind) } == [ASSAY_VALUE_INTEGER, ASSAY_VALUE_TEXT])
    #expect(answer.outputs[0].integer == 640)
    #expect(answer.text == "stop")
  }

  @Test func moreTextThanRoomIsAFailureAndNoOverrun() throws {
    let answer = try measure(label: "a long label", room: 4)
    #expect(answer.status == ASSAY_STATUS_FAILED)
    #expect(answer.message == "more text than there is room for")
  }

  @Test func anotherNumberOfValuesThanDeclaredIsAFailure() throws {
    let answer = try measure(label: "stop", values: 1)
    #expect(answer.status == ASSAY_STATUS_FAILED)
    #expect(answer.message == "measured 1 values, declared 2")
  }

  @Test func aRefusedParameterIsNamed() throws {
    let answer = try measure(label: "stop", values: 9)
    #expect(answer.status == ASSAY_STATUS_BAD_PARAMETER)
    #expect(answer.message == "values: 9 is too many")
  }
}
