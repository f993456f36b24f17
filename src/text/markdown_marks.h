#ifndef TEXT_MARKDOWN_MARKS_H
#define TEXT_MARKDOWN_MARKS_H

#include "text/markdown_reader.h"

/* Read from r's place to the end of its line, and further where what starts in
 * it ends later: spans of code are copied, marks of other engines become what
 * they mean. */
void markdown_marks_read_line(struct markdown_reader *r);

#endif
