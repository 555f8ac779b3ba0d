// SwiftPM wants one source file in a C target; the interface has no code.
