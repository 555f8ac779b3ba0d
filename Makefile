# Every target does all of its set-up: missing Debian packages are named, and installed unless ASSAY_NO_APT=1.

PREFIX ?= /usr/local
BUILD := .build/release

.PHONY: build demo test bench-drift install format lint clean setup

build: setup
	swift build -c release

setup:
	@.ci/set-up

# Tells the story of a training set, a production sample that went wrong, and how assay sees it.
demo: build
	@Tests/Demo/run $(BUILD)

# The tests run isolated workers, so the executables and plugins are built with them.
test: setup
	swift build --build-tests
	swift test --skip-build

# False alarms and power of `compare` on photographs: PHOTOS=folder, PYTHON=one with numpy and pillow. Takes hours.
bench-drift: build
	for part in null power clustered embeddings strata; do \
	  $(or $(PYTHON),python3) Tests/Benchmarks/Drift/grid.py $$part --photos "$(PHOTOS)" || exit 1; \
	done

# The tests' build is a debug build; the plugins and the worker lie beside the executable they serve.
install: build
	install -d $(DESTDIR)$(PREFIX)/lib/assay $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BUILD)/assay $(BUILD)/assay-worker $(BUILD)/libAssayPlugin*.so $(DESTDIR)$(PREFIX)/lib/assay/
	ln -sf $(PREFIX)/lib/assay/assay $(DESTDIR)$(PREFIX)/bin/assay

format:
	swift format --in-place --recursive Package.swift Sources Tests Plugins

lint:
	swift format lint --strict --recursive Package.swift Sources Tests Plugins

clean:
	rm -rf .build demo-data
