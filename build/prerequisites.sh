# What the commands at the root share: checks for what must be on the machine, with words for who lacks it.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf 'weir: %s\n' "$*" >&2; }

fail() {
  say "$1"
  shift
  for line in "$@"; do printf '      %s\n' "$line" >&2; done
  exit 1
}

require_dotnet() {
  if dotnet --list-sdks 2>/dev/null | grep -Eq '^1[0-9]\.'; then return; fi
  fail "The .NET SDK 10 is needed; $(command -v dotnet >/dev/null && echo 'this dotnet has none' || echo 'there is no dotnet')." \
    "How to install it: https://learn.microsoft.com/dotnet/core/install/linux-debian"
}

require_node() {
  local version major minor
  version="$(node --version 2>/dev/null || echo none)"
  IFS=. read -r major minor _ <<< "${version#v}"
  if command -v npm >/dev/null && [[ "$major" =~ ^[0-9]+$ ]] && (( major > 20 || (major == 20 && minor >= 19) )); then return; fi
  fail "Node.js 20.19 or later, with npm, is needed to build the browser dashboard; found: $version." \
    "How to install it: https://nodejs.org/en/download"
}
