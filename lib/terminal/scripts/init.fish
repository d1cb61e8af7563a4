function __freshet_escape
  string replace -a '\\' '\\\\' -- $argv[1] | string replace -a ';' '\\x3b' | string join '\\x0a'
end

function __freshet_begin --on-event fish_preexec
  string match -q ' *' -- $argv[1]; and return
  printf '\e]633;E;%s;@SECRET@\a' (__freshet_escape $argv[1])
end

function __freshet_end --on-event fish_postexec
  printf '\e]633;D;%s;@SECRET@\a' $status
end

function __freshet_prompt --on-event fish_prompt
  printf '\e]7;file://localhost%s\a' (string escape --style=url -- $PWD)
end
