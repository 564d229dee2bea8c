# libtorch as headers and two libraries. LibTorch_ROOT: a folder with include/ and lib/ (scripts/setup writes its place to
# build/libtorch-root). The wheel's own TorchConfig is not used: it insists on a CUDA toolkit (docs/architecture.md, libtorch).
if(NOT LibTorch_ROOT AND EXISTS ${PROJECT_SOURCE_DIR}/build/libtorch-root)
  file(STRINGS ${PROJECT_SOURCE_DIR}/build/libtorch-root LibTorch_ROOT LIMIT_COUNT 1)
endif()
find_path(LibTorch_INCLUDE_DIR ATen/ATen.h HINTS ${LibTorch_ROOT} PATH_SUFFIXES include NO_DEFAULT_PATH)
foreach(lib torch_cpu c10 torch_cuda c10_cuda) # the last two are optional
  find_library(LibTorch_${lib}_LIBRARY ${lib} HINTS ${LibTorch_ROOT} PATH_SUFFIXES lib NO_DEFAULT_PATH)
endforeach()
if(LibTorch_INCLUDE_DIR)
  file(STRINGS ${LibTorch_INCLUDE_DIR}/torch/headeronly/version.h version_lines REGEX "define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
  string(REGEX REPLACE "[^0-9;]" "" version_lines "${version_lines}")
  list(JOIN version_lines "." LibTorch_VERSION)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibTorch
  REQUIRED_VARS LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY LibTorch_INCLUDE_DIR
  VERSION_VAR LibTorch_VERSION
  REASON_FAILURE_MESSAGE "run scripts/setup, or set LibTorch_ROOT to a folder with include/ and lib/")
if(LibTorch_FOUND AND NOT TARGET LibTorch::cpu)
  add_library(LibTorch::cpu INTERFACE IMPORTED)
  target_include_directories(LibTorch::cpu SYSTEM INTERFACE
    ${LibTorch_INCLUDE_DIR} ${LibTorch_INCLUDE_DIR}/torch/csrc/api/include)
  target_link_libraries(LibTorch::cpu INTERFACE
    -Wl,--push-state,--no-as-needed ${LibTorch_torch_cpu_LIBRARY} ${LibTorch_c10_LIBRARY} -Wl,--pop-state)
endif()
mark_as_advanced(LibTorch_INCLUDE_DIR LibTorch_torch_cpu_LIBRARY LibTorch_c10_LIBRARY LibTorch_torch_cuda_LIBRARY LibTorch_c10_cuda_LIBRARY)
