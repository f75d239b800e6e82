# What every target of this project is built with, and the three kinds of target there are.

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wall>  $<$<COMPILE_LANGUAGE:CXX>:-Wextra> $<$<COMPILE_LANGUAGE:CXX>:-Wpedantic>
                    $<$<COMPILE_LANGUAGE:CXX>:-Wconversion> $<$<COMPILE_LANGUAGE:CXX>:-Wshadow> $<$<COMPILE_LANGUAGE:CXX>:-Werror>
                    -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-fpch-preprocess -Wno-error=maybe-uninitialized -Wno-error=restrict -Wno-error=array-bounds
                      -Wno-error=stringop-overflow -Wno-error=stringop-overread -Wno-error=dangling-pointer)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12 marks what its own algorithms use as deprecated.
  add_compile_options(-Wno-error=deprecated-declarations)
endif()
if(TIDELINE_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
endif()
if(TIDELINE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
endif()

# tideline_folder(name [USES folder...] [LIBS library...])
# One folder of src/ is one library, one namespace, one target: tideline_<name>. USES are the arrows of the house.
function(tideline_folder name)
  cmake_parse_arguments(ARG "" "" "USES;LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp ${CMAKE_SOURCE_DIR}/src/${name}/*/*.cpp
       ${CMAKE_SOURCE_DIR}/src/${name}/*/*/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_library(tideline_${name} STATIC ${sources})
  target_include_directories(tideline_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  if(name STREQUAL "base")
    target_precompile_headers(tideline_base PRIVATE ${CMAKE_SOURCE_DIR}/src/base/detail/pch.h)
  else()
    target_precompile_headers(tideline_${name} REUSE_FROM tideline_base)
  endif()
  foreach(used ${ARG_USES})
    if(TARGET tideline_${used})
      target_link_libraries(tideline_${name} PUBLIC tideline_${used})
    endif()
  endforeach()
  target_link_libraries(tideline_${name} PUBLIC ${ARG_LIBS} Threads::Threads)
endfunction()

# tideline_test(folder): tests/<folder>/*_test.cpp, linked with that folder; every TEST is a test of ctest's.
# DATABASE: its tests run on SQLite and on the PostgreSQL server that ctest starts.
function(tideline_test name)
  cmake_parse_arguments(ARG "DATABASE" "" "USES;LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${name}/*_test.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_precompile_headers(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/support/pch.h)
  target_compile_definitions(test_${name} PRIVATE TIDELINE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                             TIDELINE_BINARY="$<$<TARGET_EXISTS:tideline>:$<TARGET_FILE:tideline>>")
  if(TARGET tideline_${name})
    target_link_libraries(test_${name} PRIVATE tideline_${name})
  endif()
  foreach(used ${ARG_USES})
    target_link_libraries(test_${name} PRIVATE tideline_${used})
  endforeach()
  target_link_libraries(test_${name} PRIVATE ${ARG_LIBS} GTest::gtest_main rapidcheck Threads::Threads)
  set(fixture)
  if(ARG_DATABASE)
    set(fixture FIXTURES_REQUIRED postgres)
    target_compile_definitions(test_${name} PRIVATE TIDELINE_POSTGRES_ADDRESS_FILE="${CMAKE_BINARY_DIR}/postgres/address")
  endif()
  gtest_discover_tests(test_${name} TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600 LABELS unit ${fixture})
endfunction()

# tideline_fuzzer(folder name): tests/fuzz/<name>_fuzz.cpp as a libFuzzer program; "fuzzers" builds them all.
add_custom_target(fuzzers)
function(tideline_fuzzer folder name)
  if(NOT TARGET tideline_${folder} OR NOT EXISTS ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}_fuzz.cpp)
    return()
  endif()
  add_executable(fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/${name}_fuzz.cpp)
  target_link_libraries(fuzz_${name} PRIVATE tideline_${folder})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer,address,undefined)
  set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  add_dependencies(fuzzers fuzz_${name})
endfunction()

# tideline_bench(folder name): bench/<name>_bench.cpp
function(tideline_bench folder name)
  if(TARGET tideline_${folder} AND EXISTS ${CMAKE_SOURCE_DIR}/bench/${name}_bench.cpp)
    add_executable(bench_${name} ${CMAKE_SOURCE_DIR}/bench/${name}_bench.cpp)
    target_link_libraries(bench_${name} PRIVATE tideline_${folder} ${ARGN})
  endif()
endfunction()

# tideline_embed(target function root pattern...)
# Compiles the files below root that match the patterns into the target; `function` (namespace-qualified,
# declared by the folder) returns them as a std::span<const tideline::EmbeddedFile>, sorted by path.
function(tideline_embed target function root)
  set(found)
  foreach(pattern ${ARGN})
    file(GLOB_RECURSE some CONFIGURE_DEPENDS RELATIVE ${root} ${root}/${pattern})
    list(APPEND found ${some})
  endforeach()
  list(SORT found)
  string(MAKE_C_IDENTIFIER ${function} symbol)
  set(assembly "    .section .rodata\n")
  set(rows "")
  set(externs "")
  set(depends "")
  set(number 0)
  foreach(file ${found})
    string(APPEND assembly "    .global ${symbol}_${number}_begin\n    .global ${symbol}_${number}_end\n    .balign 16\n${symbol}_${number}_begin:\n    .incbin \"${root}/${file}\"\n${symbol}_${number}_end:\n    .byte 0\n")
    string(APPEND externs "extern const char ${symbol}_${number}_begin[], ${symbol}_${number}_end[];\n")
    string(APPEND rows "        {\"${file}\", {${symbol}_${number}_begin, ${symbol}_${number}_end}},\n")
    list(APPEND depends ${root}/${file})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly "    .section .note.GNU-stack,\"\",@progbits\n")
  string(REGEX REPLACE "::[^:]*$" "" namespace ${function})
  string(REGEX REPLACE "^.*::" "" name ${function})
  set(base ${CMAKE_CURRENT_BINARY_DIR}/embedded_${symbol})
  file(CONFIGURE OUTPUT ${base}.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${base}.cpp CONTENT "#include \"base/embedded.h\"
extern \"C\" {
${externs}}
namespace ${namespace} {
std::span<const tideline::EmbeddedFile> ${name}() {
    static const tideline::EmbeddedFile files[] = {
${rows}        {\"\", {}}};
    return {files, ${number}};
}
}  // namespace ${namespace}
" @ONLY)
  set_source_files_properties(${base}.S PROPERTIES OBJECT_DEPENDS "${depends}")
  set_source_files_properties(${base}.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON COMPILE_OPTIONS "-Wno-missing-declarations")
  target_sources(${target} PRIVATE ${base}.S ${base}.cpp)
endfunction()
