# Run at every build: writes version.cpp anew only when the revision has changed.
execute_process(COMMAND ${CMAKE_COMMAND} -E env GIT_OPTIONAL_LOCKS=0 git -C ${SOURCE_DIR} describe --always --dirty=+
  OUTPUT_VARIABLE SOURCE_REVISION OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT SOURCE_REVISION)
  set(SOURCE_REVISION "release")
endif()
configure_file(${SOURCE_DIR}/app/version.cpp.in ${OUTPUT} @ONLY)
