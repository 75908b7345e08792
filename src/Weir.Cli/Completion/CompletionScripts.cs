namespace Weir.Cli.Completion;

/// <summary>
/// What a shell runs to complete <c>weir</c>. Each hands the text before the cursor, without the command's name, to <see cref="CompleteCommand"/>.
/// </summary>
internal static class CompletionScripts
{
    public const string Bash = """
        # Completes weir in bash: source <(weir completion bash)
        _weir() {
          local text="${COMP_LINE:0:COMP_POINT}" word="$2" name
          [[ $word == = ]] && word=
          COMPREPLY=()
          while IFS=$'\t' read -r name _; do
            [[ $name == "$word"* ]] && COMPREPLY+=("$name")
          done < <("${1/#\~/$HOME}" __complete " ${text#*"$1"}" 2>/dev/null)
        }
        complete -o default -F _weir weir

        """;

    public const string Zsh = """
        #compdef weir
        # Completes weir in zsh: source <(weir completion zsh)
        _weir() {
          local name summary
          local -a candidates
          while IFS=$'\t' read -r name summary; do
            candidates+=("${name//:/\\:}${summary:+:$summary}")
          done < <("${(e)words[1]}" __complete " ${(j: :)words[2,CURRENT-1]} $PREFIX" 2>/dev/null)
          [[ $PREFIX == --*=* ]] && compset -P '*='
          _describe weir candidates
        }
        if [[ $funcstack[1] == _weir ]]; then _weir "$@"; else compdef _weir weir; fi

        """;

    public const string Fish = """
        # Completes weir in fish: weir completion fish > ~/.config/fish/completions/weir.fish
        function __weir_complete
          set -l given (string match -r -- '^--[^=]*=' (commandline -ct))
          for candidate in (weir __complete (string replace -r '^\s*\S+' ' ' -- (commandline -cp)) 2>/dev/null)
            echo "$given$candidate"
          end
        end
        complete -c weir -f -a '(__weir_complete)'

        """;
}
