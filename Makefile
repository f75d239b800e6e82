# Two commands do all on a fresh Debian 12: make run, make test.
# They install what is missing (root or sudo), build, and then run or test.

BUILD_TYPE ?= RelWithDebInfo
JOBS ?= $(shell nproc)
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
export CCACHE_SLOPPINESS := pch_defines,time_macros,include_file_mtime,include_file_ctime

.PHONY: run test build setup care tests unit asan fuzz fuzz-build bench format tidy clean

run: build
	@test -f var/tideline.toml || build/tideline init --data var
	build/tideline serve --data var --public 127.0.0.1:8080 --staff 127.0.0.1:8081

build:
	tools/setup build
	cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=$(BUILD_TYPE) > build.log 2>&1 || (cat build.log; false)
	ninja -C build -j $(JOBS) tideline

# Everything: unit tests on SQLite and PostgreSQL, browser, durability and security tests, each fuzzer for 30 seconds.
test: setup tests fuzz-build
	ctest --test-dir build -j $(JOBS) --output-on-failure

setup:
	tools/setup test

care:
	tools/setup care

tests:
	cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=$(BUILD_TYPE) > build.log 2>&1 || (cat build.log; false)
	ninja -C build -j $(JOBS)

# The quick part: no browser, no fuzzers, no killed servers.
unit: setup tests
	ctest --test-dir build -j $(JOBS) --output-on-failure -L unit

# The unit tests under the address and undefined-behaviour sanitizers.
asan: setup
	cmake -S . -B build-asan -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g1" -DTIDELINE_SANITIZE=ON -DTIDELINE_BENCH=OFF > build-asan.log 2>&1 || (cat build-asan.log; false)
	ninja -C build-asan -j $(JOBS)
	ctest --test-dir build-asan -j $(JOBS) --output-on-failure -L unit

fuzz-build:
	cmake -S . -B build-fuzz -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g1" -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19 \
		-DTIDELINE_FUZZ=ON -DTIDELINE_TESTS=OFF -DTIDELINE_BENCH=OFF > build-fuzz.log 2>&1 || (cat build-fuzz.log; false)
	ninja -C build-fuzz -j $(JOBS) fuzzers

# Longer fuzzing: make fuzz SECONDS=3600
SECONDS ?= 600
fuzz: setup fuzz-build
	tests/fuzz/run build-fuzz $(SECONDS)

bench: setup tests
	bench/run build

format: care
	git ls-files '*.h' '*.cpp' | xargs clang-format-19 -i

tidy: care tests
	git ls-files 'src/*.cpp' | xargs -P $(JOBS) -n 4 clang-tidy-19 -p build --quiet

clean:
	rm -rf build build-asan build-fuzz build.log build-asan.log build-fuzz.log
