# make demo   five real plans from the office's desk to a subscriber, on this machine
# make test   every test, the format rules, no warnings
# make bench  what the hot paths cost, as ratios to what they are built on

SOURCES = Shared Services Tests Package.swift
PACKAGES = libzmq3-dev libsodium-dev libsqlite3-dev libzip-dev libexpat1-dev
TEST_PACKAGES = $(PACKAGES) python3-zmq python3-docx poppler-utils

.PHONY: demo test bench build lint deps test-deps clean

demo: build
	.build/release/xaso demo

build: deps
	swift build -c release --product xaso-plans
	swift build -c release --product xaso-budget
	swift build -c release --product xaso-indicators
	swift build -c release --product xaso-notifications
	swift build -c release --product xaso-identity
	swift build -c release --product xaso

test: test-deps lint
	swift build --build-tests
	swift test --skip-build

bench: deps
	swift build -c release
	.build/release/benchmarks

lint:
	swift format lint --strict --recursive $(SOURCES)

deps:
	@deploy/install-packages $(PACKAGES)

test-deps:
	@deploy/install-packages $(TEST_PACKAGES)

clean:
	swift package clean
