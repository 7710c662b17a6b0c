# shellcheck shell=sh
# Sourced by ./start and ./test, which set $root. POSIX sh, so that it runs on a bare Debian.
#
# prepare_environment SET makes $root/.venv hold exactly requirements/SET.txt, and the system hold
# the libraries that Qt needs. When nothing has changed since the last time it only compares two
# files: no network, no Python started. It speaks on stderr, so that stdout stays the program's.

# shellcheck disable=SC2154
venv=$root/.venv
python=$venv/bin/python

# What Qt's window and fonts need beyond a bare Debian.
debian_libraries="fonts-dejavu-core libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 \
libwayland-cursor0 libwayland-egl1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 \
libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libxkbcommon0"
debian_python="python3 python3-venv"

say() {
    printf 'numberglass: %s\n' "$*" >&2
}

stop() {
    say "$*"
    exit 1
}

is_debian() {
    command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

may_be_root() {
    [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }
}

# install_on_debian PACKAGE...: installs them, or fails after saying exactly what to type.
install_on_debian() {
    if ! may_be_root; then
        say "Please type: sudo apt-get install --no-install-recommends $*"
        return 1
    fi
    say "Installing: $*"
    log=$(mktemp)
    if {
        as_root apt-get update -q &&
            as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -q -y --no-install-recommends "$@"
    } >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return
    fi
    cat "$log" >&2
    rm -f "$log"
    say "Debian's packages could not be installed; the reason stands above."
    return 1
}

# Prints the first Python that is new enough and can make an environment.
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
            >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

make_venv() {
    if ! base=$(find_python); then
        say "Python 3.11 or newer, with its venv module, is missing."
        is_debian || stop "Please install it, then start again."
        # The libraries too, so that whoever has to ask for a password is asked once. Word splitting
        # is meant: lists of packages.
        # shellcheck disable=SC2086
        install_on_debian $debian_python $debian_libraries || exit 1
        base=$(find_python) || stop "This system's Python is too old; 3.11 or newer is needed."
    fi
    rm -rf "$venv"
    "$base" -m venv "$venv" >&2 || stop "Python could not make the environment in $venv."
    printf '%s\n' "$root" >"$venv/made-in"
    # The three packages are found from any working folder, and nothing needs building.
    for site in "$venv"/lib/python3.*/site-packages; do
        printf '%s\n' "$root" >"$site/numberglass.pth"
    done
}

# The names of shared libraries that Qt's window plugin asks for and the system lacks.
missing_libraries() {
    for qt in "$venv"/lib/python3.*/site-packages/PySide6/Qt; do
        ldd "$qt/plugins/platforms/libqxcb.so" "$qt"/lib/libQt6Gui.so.6 "$qt"/lib/libQt6DBus.so.6
    done 2>/dev/null | sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p' | sort -u | tr '\n' ' '
}

has_font() {
    find /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts" \
        \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) 2>/dev/null | grep -q .
}

# Sees to the libraries of the window. Never fails: reading without a window needs none of them,
# so what is missing is said at every start, and Qt has the last word.
complete_system() {
    if [ "$(uname -s)" = Linux ]; then
        missing=$(missing_libraries)
        [ -n "$missing" ] || has_font || missing="any font"
        if [ -n "$missing" ]; then
            say "This system lacks what a window needs: $missing"
            if ! is_debian; then
                say "Please install the packages that hold them; on Fedora: dnf install 'NAME()(64bit)'."
                return
            fi
            # Word splitting is meant: a list of packages.
            # shellcheck disable=SC2086
            install_on_debian $debian_libraries || return 0
        fi
    fi
    : >"$venv/system-complete"
}

# Installs SANE, whose own test devices the tests of scanning use; without it they are skipped.
prepare_scanner_tests() {
    [ "$(uname -s)" = Linux ] || return 0
    for library in /usr/lib/libsane.so.1 /usr/lib/*/libsane.so.1 /usr/lib64/libsane.so.1; do
        [ ! -e "$library" ] || return 0
    done
    is_debian || return 0
    install_on_debian libsane1 || say "The tests of scanning are skipped."
}

install_packages() {
    lock=$root/requirements/$1.txt
    stamp=$venv/$1-installed.txt
    made_in=
    [ -r "$venv/made-in" ] && read -r made_in <"$venv/made-in"
    if [ "$made_in" = "$root" ] && [ -x "$python" ] && cmp -s "$lock" "$stamp"; then
        return
    fi
    say "Setting up in $venv; this happens once and takes a minute or two."
    # A changed lock starts afresh: pip never removes what is no longer asked for.
    if [ "$made_in" != "$root" ] || [ ! -x "$python" ] || [ -e "$stamp" ]; then
        make_venv
    fi
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes \
        --only-binary :all: --requirement "$lock" >&2 ||
        stop "The packages could not be installed; the reason stands above. Is there a network?"
    cp "$lock" "$stamp"
}

prepare_environment() {
    install_packages "$1"
    [ -e "$venv/system-complete" ] || complete_system
}
