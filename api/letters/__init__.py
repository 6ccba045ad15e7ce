"""Letters as they are read: words in three languages, links that answer, and the ways to send.

forms     what each kind of letter offers      text      paragraphs from sentences and values
links     answers signed for one reader        asking    what a concept is asked for: values, answers
concepts  the concepts that were asked         writing   a letter as a mail message
postmen   a mail server, or a folder           sending   all of it as a post office
bounces   mail that came back
"""
