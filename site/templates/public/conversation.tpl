{{<public/head}}
{{#JUST_SENT}}<div class="done" role="status"><p>[[Your message has been sent.]]</p></div>{{/JUST_SENT}}
{{#FILES_MISSING}}<div class="note" role="status"><p>[[Not all files arrived. Please add them again.]]</p></div>{{/FILES_MISSING}}
{{#DELETION_REPLY}}<div class="done" role="status"><p>{{text}}</p></div>{{/DELETION_REPLY}}
{{#HAS_ERRORS}}<div class="errors" role="alert" tabindex="-1" aria-labelledby="errors-title">
<h2 id="errors-title">[[Please look at this again]]</h2>
<ul>{{#ERRORS}}<li><a href="#{{field}}">{{#EMPTY}}[[Write a message or choose a file.]]{{/EMPTY}}{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}{{#FILE_TOO_LARGE}}[[This file is too large. The limit is {limit}.]]{{/FILE_TOO_LARGE}}{{#TOO_MANY_FILES}}[[These are too many files. The limit is {limit} at once.]]{{/TOO_MANY_FILES}}{{#FILES_BROKEN_OFF}}[[The files did not arrive whole. Please choose them again.]]{{/FILES_BROKEN_OFF}}</a></li>
{{/ERRORS}}</ul>
<p>[[Nothing you typed is lost.]]</p>
</div>{{/HAS_ERRORS}}
<h1>[[Your report]]</h1>
<p>[[Sent on {sent_on}.]] {{#STATUS}}{{text}}{{/STATUS}}</p>
{{#DELETION_ASKED}}<p>[[You asked to delete this report. The team will answer you here.]]</p>{{/DELETION_ASKED}}
<h2>[[Messages]]</h2>
{{#NO_MESSAGES}}<p>[[There is no message yet. Look again in a few days.]]</p>{{/NO_MESSAGES}}
<ol class="messages">
{{#MESSAGES}}<li class="{{#FROM_TEAM}}team{{/FROM_TEAM}}{{#FROM_YOU}}you{{/FROM_YOU}}"><p class="by">{{#FROM_TEAM}}[[The team wrote]]{{/FROM_TEAM}}{{#FROM_YOU}}[[You wrote]]{{/FROM_YOU}} · {{date}}{{#NEW}} · <strong>[[New]]</strong>{{/NEW}}</p><p class="words" dir="auto">{{text}}</p></li>
{{/MESSAGES}}
</ol>
{{#HAS_FILES}}<h2>[[Files you sent]]</h2>
<ul>{{#FILES}}<li><bdi>{{file_name}}</bdi> <small>{{size}}</small></li>
{{/FILES}}</ul>{{/HAS_FILES}}
<form method="post" action="/{{lang}}/answer" enctype="multipart/form-data" accept-charset="utf-8" autocomplete="off">
<input type="hidden" name="state" value="{{state}}">
<div class="field{{#MESSAGE_ERROR}} bad{{/MESSAGE_ERROR}}">
<h2><label for="message">[[Write to the team]]</label></h2>
{{#MESSAGE_ERROR}}<p class="error" id="message-error">{{#EMPTY}}[[Write a message or choose a file.]]{{/EMPTY}}{{#TOO_LONG}}[[This text is too long. You wrote {count} characters. The limit is {limit}.]]{{/TOO_LONG}}</p>{{/MESSAGE_ERROR}}
<textarea id="message" name="message" rows="6" dir="auto"{{#MESSAGE_ERROR}} aria-describedby="message-error" aria-invalid="true"{{/MESSAGE_ERROR}}>
{{message}}</textarea>
</div>
{{#TEXT_ONLY}}<div class="note"><p>[[Files cannot be sent at the moment. Please try again later.]]</p></div>{{/TEXT_ONLY}}
{{#FILES_ALLOWED}}<div class="field{{#FILES_ERROR}} bad{{/FILES_ERROR}}">
<label for="files">[[Add photos or files, if you want]]</label>
<p class="hint" id="files-hint">[[A file may have up to {file_limit}. You can choose {files_limit} files at once.]] [[A photo can hold the place and the time where it was taken.]]</p>
{{#FILES_ERROR}}<p class="error" id="files-error">{{#FILE_TOO_LARGE}}[[This file is too large. The limit is {limit}.]]{{/FILE_TOO_LARGE}}{{#TOO_MANY_FILES}}[[These are too many files. The limit is {limit} at once.]]{{/TOO_MANY_FILES}}{{#FILES_BROKEN_OFF}}[[The files did not arrive whole. Please choose them again.]]{{/FILES_BROKEN_OFF}}</p>{{/FILES_ERROR}}
<input type="file" id="files" name="files" multiple aria-describedby="files-hint{{#FILES_ERROR}} files-error{{/FILES_ERROR}}"{{#FILES_ERROR}} aria-invalid="true"{{/FILES_ERROR}}>
</div>{{/FILES_ALLOWED}}
<div class="buttons">
<button name="go" value="send">[[Send]]</button>
<button class="second" name="go" value="refresh" formaction="{{form_action}}" formenctype="application/x-www-form-urlencoded">[[Look for new messages]]</button>
{{#CAN_ASK_DELETION}}<button class="quiet" name="go" value="delete" formaction="{{form_action}}" formenctype="application/x-www-form-urlencoded">[[Ask us to delete the report]]</button>{{/CAN_ASK_DELETION}}
</div>
{{<public/emergency}}
{{<public/form_languages}}
</form>
{{<public/foot}}
