# make demo   five real plans from the office's desk to a subscriber, on this machine
# make test   every test (what fails alone is shown), the format rules, no warnings
# make bench  what the hot paths cost, as ratios to what they are built on
# make bench-indicators   a country's year of values, and the due day of the largest province
# make bench-notices  the morning of a due day in the largest province
# make bench-identity   a register of 1,000,000 people: import, look-ups, statistics
# make build && sudo make install   for a server without containers (PREFIX, DESTDIR)

EXECUTABLES = xaso xaso-identity xaso-plans xaso-budget xaso-indicators xaso-notifications
BUILT = $(EXECUTABLES:%=.build/release/%)
PREFIX = /usr/local
SOURCES = Shared Services Tests Package.swift
PACKAGES = libzmq3-dev libsodium-dev libsqlite3-dev libzip-dev libexpat1-dev libcurl4-openssl-dev
TEST_PACKAGES = $(PACKAGES) python3-zmq python3-docx poppler-utils python3-aiosmtpd openssl

.PHONY: demo test bench bench-indicators bench-notices bench-identity build install install-executables install-units lint deps test-deps clean

demo: build
	.build/release/xaso demo

build: deps
	for name in $(EXECUTABLES); do swift build -c release --product $$name || exit 1; done

install: install-executables install-units

# The executables share one copy of the Swift runtime, beside them, where they look for it.
install-executables:
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/xaso
	install -s -t $(DESTDIR)$(PREFIX)/lib/xaso $(BUILT)
	ldd $(BUILT) | sed -n 's|.* => \(/.*/swift/linux/.*\) (.*|\1|p' | sort -u \
	  | xargs -r install -s -m 644 -t $(DESTDIR)$(PREFIX)/lib/xaso
	for name in $(EXECUTABLES); do ln -sf ../lib/xaso/$$name $(DESTDIR)$(PREFIX)/bin/$$name || exit 1; done

# The units name /usr/local; what is installed names PREFIX.
install-units:
	cd deploy/systemd && for unit in *.service *.target *.d/*.conf; do \
	  install -D -m 644 $$unit $(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit \
	  && sed -i 's|/usr/local/|$(PREFIX)/|' $(DESTDIR)$(PREFIX)/lib/systemd/system/$$unit || exit 1; done
	install -D -m 644 deploy/systemd/sysusers.conf $(DESTDIR)$(PREFIX)/lib/sysusers.d/xaso.conf
	install -D -m 644 deploy/systemd/tmpfiles.conf $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/xaso.conf
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/doc/xaso deploy/OPERATIONS.md

test: test-deps lint
	swift build --build-tests
	swift test --skip-build --quiet

bench: deps
	swift build -c release
	.build/release/benchmarks

# Built apart: tests see what is internal, which a release hides.
bench-indicators: CASES = LoadTests|DueDayTests
bench-notices: CASES = MorningBenchmark
bench-indicators bench-notices: test-deps
	XASO_BENCH=1 swift test -c release -Xswiftc -enable-testing --scratch-path .build/bench --filter '$(CASES)'

bench-identity: deps
	swift build -c release
	.build/release/benchmarks identity

lint:
	swift format lint --strict --recursive $(SOURCES)

deps:
	@deploy/install-packages $(PACKAGES)

test-deps:
	@deploy/install-packages $(TEST_PACKAGES)

clean:
	swift package clean
