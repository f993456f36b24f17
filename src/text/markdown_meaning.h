#ifndef TEXT_MARKDOWN_MEANING_H
#define TEXT_MARKDOWN_MEANING_H

#include "text/markdown_reader.h"
#include "text/markdown_shortcode.h"

/*
 * What the tags in text/markdown_meaning.def mean: each writes Markdown or HTML
 * that says the same. One that reads beyond its tag passes over the tag, too.
 */
typedef void markdown_on_shortcode(
    struct markdown_reader *r, const struct markdown_shortcode *code);

markdown_on_shortcode markdown_on_anchor;
markdown_on_shortcode markdown_on_callout;
markdown_on_shortcode markdown_on_code;
markdown_on_shortcode markdown_on_comment;
markdown_on_shortcode markdown_on_image;
markdown_on_shortcode markdown_on_page_link;
markdown_on_shortcode markdown_on_plain;
markdown_on_shortcode markdown_on_post;
markdown_on_shortcode markdown_on_post_link;
markdown_on_shortcode markdown_on_quote;
markdown_on_shortcode markdown_on_raw;
markdown_on_shortcode markdown_on_ref;
markdown_on_shortcode markdown_on_titled;
markdown_on_shortcode markdown_on_video;

/* Write what code, which starts at r's place, means, and pass over it. What is
 * not known leaves nothing but a warning. */
void markdown_shortcode_render(
    struct markdown_reader *r, const struct markdown_shortcode *code);

#endif
