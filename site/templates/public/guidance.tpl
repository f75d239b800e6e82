{{<public/head}}
<h1>{{title}}</h1>
{{#UNCHECKED_PAGE}}<p class="draft">[[The facts on this page have not been checked yet.]]</p>{{/UNCHECKED_PAGE}}
{{#BLOCKS}}{{#HEADING}}<h2>{{text}}</h2>
{{/HEADING}}{{#PARAGRAPH}}<p>{{text}}</p>
{{/PARAGRAPH}}{{#LIST}}<ul>
{{#ITEMS}}<li>{{text}}</li>
{{/ITEMS}}</ul>
{{/LIST}}{{#STEPS}}<ol>
{{#ITEMS}}<li>{{text}}</li>
{{/ITEMS}}</ol>
{{/STEPS}}{{#CALLOUT}}<div class="note"><p>{{text}}</p></div>
{{/CALLOUT}}{{#CHANNEL_LIST}}{{<public/channels}}
{{/CHANNEL_LIST}}{{#LINK}}<p><a href="{{href}}" rel="noreferrer">{{text}}</a></p>
{{/LINK}}{{/BLOCKS}}
<p><small>[[Source:]] {{source}} ({{date}})</small></p>
{{#OPEN}}<p><a class="button" href="/{{lang}}/form">[[Start a report]]</a></p>{{/OPEN}}
{{<public/emergency}}
<p><a href="/{{lang}}/">[[Start page]]</a></p>
{{<public/foot}}
