"""The picture of README.md, so that it stays true."""

import readme_pages

STYLE = """
set -g status-style 'bg=#24272f,fg=#abb2bf'
set -g status-left '#[fg=#17181c,bg=#61afef,bold] #S #[fg=#61afef,bg=#24272f,nobold]\ue0b0 '
set -g status-left-length 20
set -g window-status-format ' #I #W '
set -g window-status-current-format '#[fg=#e5c07b,bold] #I #W #[default]'
set -g pane-active-border-style 'fg=#61afef'
set -g pane-border-style 'fg=#3e4452'
set -g status-right '#[fg=#98c379]● #[fg=#abb2bf]3 panes '
"""


def case_the_picture_of_the_readme(stage):
    server = stage.server(STYLE)
    server.start(server.page("editor", readme_pages.editor(59, 27)), columns=104, rows=28)
    server.ask("rename-window", "-t", "main:", "edit")
    server.ask("rename-session", "-t", "main", "vitrine")
    server.ask("new-window", "-d", "-n", "logs", "-t", "vitrine:")
    server.ask("split-window", "-h", "-l", "44", "-t", "vitrine:edit",
               server.page("monitor", readme_pages.monitor(44)))
    server.ask("split-window", "-v", "-l", "15", "-t", "vitrine:edit",
               server.page("listing", readme_pages.listing(3)))
    window = stage.window(server)
    window.resize(104, 28)
    stage.expect_picture("readme", window)
