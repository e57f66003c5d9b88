# A thin front of meson:
#   make                    build into build/
#   make run                open a window on tmux (without a display: build/demo.png)
#   make test               build and run every test
#   make bench              build and run the micro-benchmarks
#   make fuzz SECONDS=60    build the fuzz targets with clang and run each that long
#   make install DESTDIR= PREFIX=/usr/local
#   make clean
# Missing Debian packages are installed first (as root or by sudo). TMUX_SOURCE=PATH hooks
# another tmux than the default release: a tree or a tarball. TESTS= runs some tests only.

BUILD = build
PREFIX = /usr/local
MESON_OPTIONS =
SECONDS = 60
OPTIONS = --prefix=$(abspath $(PREFIX)) -Dtmux_source=$(abspath $(TMUX_SOURCE)) $(MESON_OPTIONS)

# tmux is built by a make of its own, which must not take our variables for its own.
unexport MAKEFLAGS MFLAGS MAKELEVEL TMUX_SOURCE

all: product

packages:
	@third_party/packages.sh build

# Configures anew only when the options are not those of the last time. Other arguments of a
# compiler meson 1.0 then takes from `meson configure` only.
THERE = $(wildcard $(BUILD)/build.ninja)
setup: packages
	@[ -f $(BUILD)/build.ninja ] && [ "$$(cat $(BUILD)/options)" = '$(OPTIONS)' ] || { \
		meson setup $(if $(THERE),--reconfigure) $(BUILD) $(OPTIONS) && \
		$(if $(THERE),meson configure $(BUILD) $(OPTIONS) &&) \
		echo '$(OPTIONS)' >$(BUILD)/options; }

# What is installed. By ninja: meson looks the name up in what it configured last, not in what
# stands there now.
product: setup
	@ninja -C $(BUILD) product

run: product
	@BUILD=$(BUILD) renderer/run.sh

# The program, the tests and their tmux versions, but no benchmarks. Tests wait a lot.
test: setup
	@ninja -C $(BUILD) product meson-test-prereq
	@third_party/packages.sh test
	@status=0; log=$(BUILD)/meson-logs/testlog.txt; \
		meson test -C $(BUILD) --no-rebuild --print-errorlogs \
			--num-processes $$(($$(nproc) * 3 / 2)) $(TESTS) || status=$$?; \
		grep -hsE '^\[doctest\] (test cases|Status)' $$log; \
		[ $$status = 0 ] || awk -f tests/failures.awk $$log; exit $$status

bench: setup
	@meson test -C $(BUILD) --benchmark --verbose

fuzz:
	@third_party/packages.sh build fuzz
	@[ -f $(BUILD)-fuzz/build.ninja ] || CC=clang CXX=clang++ meson setup $(BUILD)-fuzz \
		-Dfuzz=true -Dtests=false -Dbench=false -Doptimization=1 \
		-Db_sanitize=address,undefined -Db_lundef=false
	@ninja -C $(BUILD)-fuzz fuzzers
	@tests/fuzz/run.sh $(BUILD)-fuzz $(SECONDS)

install: product
	@to='$(DESTDIR)'; DESTDIR="$${to:+$$(realpath -m -- "$$to")}" meson install -C $(BUILD) --no-rebuild

clean:
	rm -rf $(BUILD)

.PHONY: all packages setup product run test bench fuzz install clean
