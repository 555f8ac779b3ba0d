extension ReasonCode: ExplainedCode {
  /// The page of the code: what it means, what is read, when it is given, what to do.
  package var explanation: CodeExplanation {
    CodeExplanation(meaning: meaning, reads: reads, condition: condition, remedy: remedy)
  }

  private var reads: String {
    switch self {
    case .empty, .limitBytes: "the number of the member's bytes"
    case .unknownFormat: "the member's first bytes (magic bytes)"
    case .unsupported, .badHeader, .limitWidth, .limitHeight, .limitPixels, .limitMemory: "the image's header"
    case .truncated, .corruptData, .checksum, .missingEnd, .trailingBytes, .limitScans: "the image's bytes"
    case .badOrientation: "EXIF tag 0x0112, orientation"
    case .crashed, .timeout: "what became of the decoder's process"
    case .unreadable, .sourceChanged: "what the system answered when the bytes were read"
    case .encrypted: "the container's entry"
    }
  }

  private var condition: String {
    switch self {
    case .empty: "the member has 0 bytes; the outcome is `undecodable`."
    case .unknownFormat: "no known format begins like this, and the name says image; `undecodable`."
    case .unsupported: "magic bytes or header name a format or variant that is not decoded; `unsupported`."
    case .badHeader:
      "the header is cut short, contradicts the format, or names an empty image; `undecodable`."
    case .truncated: "the bytes end inside the image; `damaged` if rows came out, else `undecodable`."
    case .corruptData: "the decoder complained; `damaged` if rows came out, else `undecodable`."
    case .checksum: "a CRC or Adler-32 differs; `damaged` if rows came out, else `undecodable`."
    case .missingEnd: "all rows came out and JPEG's EOI or PNG's IEND is not there; `damaged`."
    case .trailingBytes: "something other than padding follows the end; the image stays `ok`."
    case .badOrientation: "the tag is there with another value than 1 to 8; the image stays `ok`."
    case .crashed:
      "a fresh decoder that had only this record died; `crashed`. All other records are done again."
    case .timeout: "the record took longer than --record-timeout; `timeout`. A decoder takes its place."
    case .unreadable:
      "a file cannot be opened or read, is no regular file, or its container ends; `unreadable`."
    case .encrypted: "the entry says that its data are encrypted; `unreadable`."
    case .sourceChanged: "reading gave fewer bytes than the file had when it was opened; `unreadable`."
    case .limitBytes: "bytes > --max-member-size; `refused` before anything is decoded."
    case .limitWidth: "columns as stored > 65,500; `refused` before anything is allocated."
    case .limitHeight: "rows as stored > 65,500; `refused` before anything is allocated."
    case .limitPixels: "columns x rows > --max-pixels; `refused` before anything is allocated."
    case .limitMemory: "decoding needs more than 2 GiB, or a member more than the shared memory; `refused`."
    case .limitScans: "a progressive JPEG has more than 500 scans; `refused`."
    }
  }

  private var remedy: String {
    switch self {
    case .empty: "Deliver the file again; an empty file is often an upload that failed."
    case .unknownFormat: "Look at the file: an error page or a text under an image's name is common."
    case .unsupported: "Convert it to JPEG or PNG, or bound `unsupported` under `records`."
    case .badHeader, .corruptData, .checksum: "Get the file again from where it came from; compare checksums."
    case .truncated, .missingEnd: "Get the file again: a transfer or a writer stopped early."
    case .trailingBytes: "Nothing has to be done; some cameras append data. Look for two files in one."
    case .badOrientation: "Nothing has to be done; correct the tag if the image lies on its side."
    case .crashed: "Keep the file and report it: a decoder must not die on any bytes."
    case .timeout: "Look at the file; raise --record-timeout if it is meant to be that heavy."
    case .unreadable:
      "See the detail for the system's words: permissions, a missing file, a damaged container."
    case .encrypted: "Decrypt the container before it is read; no password is taken."
    case .sourceChanged: "Let the writer finish, and run again on files that hold still."
    case .limitBytes: "Raise --max-member-size if such files are meant."
    case .limitWidth, .limitHeight: "Cut the image into tiles."
    case .limitPixels: "Raise --max-pixels if such images are meant; otherwise it is a decompression bomb."
    case .limitMemory: "Give it fewer workers and more memory, or scale the image down."
    case .limitScans: "Write it again as a baseline JPEG; so many scans exist to slow decoders down."
    }
  }
}
