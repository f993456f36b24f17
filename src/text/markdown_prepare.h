#ifndef TEXT_MARKDOWN_PREPARE_H
#define TEXT_MARKDOWN_PREPARE_H

#include "base/diag.h"
#include "base/str.h"
#include "text/markdown.h"
#include "text/markdown_source.h"

/* Add body to source as CommonMark and HTML: what other engines add to Markdown
 * becomes what it means, outside of code. Notes are moved to the end. */
void markdown_prepare(const struct markdown_options *options, struct str body,
    struct markdown_source *source, struct diags *diags);

#endif
