# Links the hooked tmux: the stock objects as stock.sh built them, the shim, and the bridge's
# server half, with -Wl,--wrap for each symbol in the shim's hooks.list. Run in WORK/obj:
#   make -C WORK/obj -f hooked.mk hooked OUT=... SHIM=... INCLUDE=... [BRIDGE=... ...]
# OUT         the program; the shim's objects lie beside it in OUT.p
# SHIM        the shim's folder: hooks.list and all its *.c
# INCLUDE     the folder of the bridge's public headers
# BRIDGE      the archive of the bridge's server half and what it needs
# SHIM_FLAGS  further compiler flags for the shim and the link (-Werror, -fsanitize=...)
# PROGRAM     if set, C sources of a program that has tmux in it and is linked in its place: its
#             tmux_main() is tmux's main()
# PROGRAM_WRAPS  functions of tmux's whose calls that one takes, as __wrap_...()
# PROGRAM_ARGS  what else it is linked with
# DEPFILE     if set, where to write for ninja what TARGET (its name for OUT) depends on
# All paths are absolute.

comma := ,
this := $(abspath $(lastword $(MAKEFILE_LIST)))

# tmux's generated Makefile: its compiler, definitions, libraries and list of objects.
# Its names below: CC DEFS DEFAULT_INCLUDES INCLUDES AM_CPPFLAGS CPPFLAGS LINK LIBS LDADD
# tmux_OBJECTS.
include Makefile

shim_sources := $(wildcard $(SHIM)/*.c)
shim_objects := $(patsubst $(SHIM)/%.c,$(OUT).p/%.o,$(shim_sources))
program_objects := $(patsubst %.c,$(OUT).p/%.o,$(notdir $(PROGRAM)))
stock_objects := $(if $(PROGRAM),$(filter-out tmux.o,$(tmux_OBJECTS)) $(OUT).p/main.o,$(tmux_OBJECTS))
vpath %.c $(sort $(dir $(PROGRAM)))
check := $(dir $(this))check-hooks.sh
# A shim without sources (yet) has nothing to redirect calls to.
wrapped := $(if $(shim_sources),$(shell $(check) symbols $(SHIM)/hooks.list)) $(PROGRAM_WRAPS)
wraps := $(patsubst %,-Wl$(comma)--wrap=%,$(wrapped))
ubsan_log := $(if $(findstring undefined,$(SHIM_FLAGS)),$(dir $(this))ubsan-log.c)

# The preprocessor must see what tmux's own files see, or struct layouts would differ; but
# tmux's headers come as system headers, so that our warnings speak of our files only.
shim_compile = $(CC) $(DEFS) $(AM_CPPFLAGS) $(CPPFLAGS) -I$(SHIM) -I$(INCLUDE) \
	$(patsubst -I%,-isystem %,$(DEFAULT_INCLUDES) $(INCLUDES)) \
	-std=gnu11 -O2 -g -Wall -Wextra -Wpedantic $(SHIM_FLAGS)

# Written each time, as ninja takes it away. The folder itself: a file may come or go. A ccache
# with a base_dir names files from here, and ninja is somewhere else.
hooked: $(OUT)
	@$(if $(DEPFILE),{ echo '$(TARGET): $(SHIM) $(SHIM)/hooks.list $(check) $(ubsan_log)'; \
		cat /dev/null $(shim_objects:.o=.d) $(program_objects:.o=.d) | tr ' ' '\n' | grep '[^:\]$$' | \
		xargs -r realpath | sort -u; } | \
		tr '\n' ' ' >$(DEPFILE))
.PHONY: hooked

$(OUT): $(shim_objects) $(program_objects) $(stock_objects) $(filter %.a,$(BRIDGE) $(PROGRAM_ARGS)) \
		$(SHIM)/hooks.list $(ubsan_log) $(OUT).p/link $(this)
	@$(if $(shim_sources),$(check) check $(SHIM)/hooks.list "$(tmux_OBJECTS)" "$(shim_objects)", \
		echo "no sources in $(SHIM) yet: $@ has no hooks")
	@$(LINK) $(SHIM_FLAGS) $(wraps) $(stock_objects) $(LDADD) $(shim_objects) $(ubsan_log) \
		$(program_objects) $(PROGRAM_ARGS) $(BRIDGE) $(LIBS)

$(OUT).p/main.o: tmux.o
	@objcopy --redefine-sym main=tmux_main $< $@

$(program_objects): $(OUT).p/%.o: %.c $(OUT).p/flags $(this)
	@$(shim_compile) -MD -MP -c -o $@ $<

$(OUT).p/%.o: $(SHIM)/%.c $(OUT).p/flags $(this)
	@$(shim_compile) -MD -MP -c -o $@ $<

# What .clang-tidy has to say of the shim as it is compiled.
tidy:
	@clang-tidy --quiet $(shim_sources) -- $(filter-out $(CC),$(shim_compile))
.PHONY: tidy

# How things were compiled and linked the last time; when that changes, all of it is old.
remember = $(file >$1.new,$2)$(shell cmp -s $1.new $1 && rm $1.new || mv $1.new $1)
$(shell mkdir -p $(OUT).p)
$(call remember,$(OUT).p/flags,$(shim_compile))
$(call remember,$(OUT).p/link,$(LINK) $(SHIM_FLAGS) $(wraps) $(shim_objects) $(PROGRAM_ARGS) $(BRIDGE))

-include $(shim_objects:.o=.d) $(program_objects:.o=.d)
