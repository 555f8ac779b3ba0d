import CImageCodecs
import Testing
