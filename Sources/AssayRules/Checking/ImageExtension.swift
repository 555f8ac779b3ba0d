/// The formats that file name extensions promise.
enum ImageExtension {
  /// By extension in lower case; an extension that is not here promises nothing.
  static let formats: [String: Set<String>] = [
    "jpg": ["jpeg"], "jpeg": ["jpeg"], "jpe": ["jpeg"], "jfif": ["jpeg"], "png": ["png"], "apng": ["png"],
    "gif": ["gif"], "webp": ["webp"], "tif": ["tiff"], "tiff": ["tiff"], "bmp": ["bmp"], "dib": ["bmp"],
    "avif": ["avif"], "heic": ["heic"], "heif": ["heic", "avif"], "jxl": ["jxl"], "jp2": ["jp2"],
    "j2k": ["jp2"], "ico": ["ico"], "psd": ["psd"], "exr": ["exr"], "qoi": ["qoi"], "pnm": ["pnm"],
    "pbm": ["pnm"], "pgm": ["pnm"], "ppm": ["pnm"], "dds": ["dds"], "svg": ["svg"],
    "jls": ["jls"], "hdr": ["hdr"], "tga": ["tga"], "pcx": ["pcx"], "dcm": ["dicom"], "dicom": ["dicom"],
    "fits": ["fits"],
  ]
}
