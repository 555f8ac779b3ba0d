enum DecoderSignature { static let current = "none" }
