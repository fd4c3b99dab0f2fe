/* What Swift cannot import from ncurses: macros, shared globals, the tty streams. One typed function for each. */
#ifndef GADTOP_CNCURSES_SHIM_H
#define GADTOP_CNCURSES_SHIM_H

#define NCURSES_WIDECHAR 1
#include <locale.h>
#include <langinfo.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#include <curses.h>

/* Globals that change under the program's feet. */
static inline WINDOW *gad_stdscr(void) { return stdscr; }
static inline int gad_columns(void) { return COLS; }
static inline int gad_lines(void) { return LINES; }

/* newterm on the process's own terminal: output on descriptor 1, input on 0. */
static inline SCREEN *gad_open_screen(const char *type) { return newterm(type, stdout, stdin); }

/* Columns of a wide character in this locale, as curses counts them; wchar.h hides it without _XOPEN_SOURCE. */
extern int wcwidth(wchar_t character);
static inline int gad_columns_of(wchar_t character) { return wcwidth(character); }

/* A string of the terminal's description, or NULL when it has none; tigetstr returns (char *)-1 for a wrong name. */
static inline const char *gad_terminal_string(const char *name) {
    const char *text = tigetstr(name);
    return text == (const char *)-1 ? NULL : text;
}

/* Selects the character set of a locale by name for this process; false when the system does not have it. */
static inline bool gad_use_character_set_of(const char *locale) { return setlocale(LC_CTYPE, locale) != NULL; }
static inline bool gad_character_set_is_utf8(void) {
    const char *name = nl_langinfo(CODESET);
    return name[0] == 'U' && name[1] == 'T' && name[2] == 'F';
}

/* The size the kernel keeps for a terminal; ioctl is variadic. */
static inline bool gad_window_size(int descriptor, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return true;
}

#endif
